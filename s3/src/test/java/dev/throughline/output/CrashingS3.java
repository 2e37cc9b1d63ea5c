package dev.throughline.output;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.S3Object;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** S3A, whose requests that change the bucket meet a {@link Crash}, one by one; or a gate. */
public final class CrashingS3 extends S3Client {
  private static final Pattern CHANGES =
      Pattern.compile("(put|copy|delete|upload|initiate|complete|abort)[A-Z].*");

  /** What happens before a file is written or copied to a key. */
  interface Gate {
    void before(String key);
  }

  /** So many bytes are still read of files, whoever reads, before every connection breaks. */
  static final AtomicLong READABLE = new AtomicLong(Long.MAX_VALUE);

  static volatile Gate gate = key -> {};

  /** Makes it what the scheme s3a is. */
  static Configuration register(Configuration hadoop) {
    Configuration crashing = new Configuration(hadoop);
    crashing.set("fs.s3a.s3.client.factory.impl", CrashingS3.class.getName());
    return crashing;
  }

  @Override
  public AmazonS3 createS3Client(URI bucket, S3ClientCreationParameters parameters)
      throws IOException {
    AmazonS3 client = super.createS3Client(bucket, parameters);
    return (AmazonS3)
        Proxy.newProxyInstance(
            AmazonS3.class.getClassLoader(),
            new Class<?>[] {AmazonS3.class},
            (proxy, method, arguments) -> call(client, method, arguments));
  }

  private static Object call(AmazonS3 client, Method method, Object[] arguments) throws Throwable {
    if (!CHANGES.matcher(method.getName()).matches()) {
      Object answer = invoke(client, method, arguments);
      if (answer instanceof S3Object object) {
        cut(object);
      }
      return answer;
    }
    if (arguments[0] instanceof PutObjectRequest put) {
      gate.before(put.getKey());
    }
    try {
      return Crash.step(() -> invoke(client, method, arguments));
    } catch (IOException e) {
      throw new SdkClientException(e.getMessage());
    }
  }

  private static void cut(S3Object object) {
    InputStream whole = object.getObjectContent();
    object.setObjectContent(
        new FilterInputStream(whole) {
          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            long left = READABLE.get();
            if (left <= 0) {
              throw new IOException("connection reset");
            }
            int read = in.read(bytes, from, (int) Math.min(left, length));
            READABLE.addAndGet(-Math.max(read, 0));
            return read;
          }
        });
  }

  private static Object invoke(AmazonS3 client, Method method, Object[] arguments) {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
