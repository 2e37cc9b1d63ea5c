package dev.throughline.output;

import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/**
 * A server that speaks S3, in this process, on loopback; its objects are in memory. As S3 itself
 * does since December 2020 it shows what was written to whoever reads or lists afterwards.
 */
final class S3Server {
  private static final String BUCKET = "bucket";
  private static final String ID = "tester";
  private static final String SECRET = "no secret";

  private final BlobStoreContext objects;
  private final S3Proxy server;
  private final Path buffers;

  private S3Server(BlobStoreContext objects, S3Proxy server, Path buffers) {
    this.objects = objects;
    this.server = server;
    this.buffers = buffers;
  }

  /**
   * Starts a server with an empty bucket.
   *
   * @param buffers where clients keep what they are about to send
   */
  static S3Server start(Path buffers) throws Exception {
    BlobStoreContext objects = ContextBuilder.newBuilder("transient").build(BlobStoreContext.class);
    objects.getBlobStore().createContainerInLocation(null, BUCKET);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(objects.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ID, SECRET)
            .build();
    server.start();
    return new S3Server(objects, server, buffers);
  }

  /** Settings for it. Credentials come from the provider, not from here. */
  Configuration hadoop() {
    System.setProperty("aws.accessKeyId", ID);
    System.setProperty("aws.secretKey", SECRET);
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:" + server.getPort());
    hadoop.set("fs.s3a.endpoint.region", "us-east-1");
    hadoop.set("fs.s3a.path.style.access", "true");
    hadoop.set("fs.s3a.connection.ssl.enabled", "false");
    hadoop.set(
        "fs.s3a.aws.credentials.provider",
        com.amazonaws.auth.SystemPropertiesCredentialsProvider.class.getName());
    hadoop.set("fs.s3a.buffer.dir", buffers.toString());
    hadoop.set("fs.s3a.s3.client.factory.impl", S3Client.class.getName());
    hadoop.set("fs.s3a.threads.max", "4");
    // What fails here fails for good.
    hadoop.set("fs.s3a.attempts.maximum", "1");
    hadoop.set("fs.s3a.retry.limit", "1");
    hadoop.set("fs.s3a.retry.interval", "1ms");
    return hadoop;
  }

  /** The bucket. */
  static org.apache.hadoop.fs.Path bucket() {
    return new org.apache.hadoop.fs.Path("s3a://" + BUCKET + "/");
  }

  void stop() throws Exception {
    server.stop();
    objects.close();
  }
}
