package dev.throughline.output;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import org.apache.hadoop.fs.s3a.DefaultS3ClientFactory;

/** S3A's own client, which sends a file without asking first whether it may: on loopback faster. */
public class S3Client extends DefaultS3ClientFactory {
  @Override
  protected AmazonS3 buildAmazonS3Client(
      ClientConfiguration settings, S3ClientCreationParameters parameters) {
    settings.setUseExpectContinue(false);
    return super.buildAmazonS3Client(settings, parameters);
  }
}
