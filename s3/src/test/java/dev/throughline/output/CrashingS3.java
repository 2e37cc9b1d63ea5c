package dev.throughline.output;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.DefaultS3ClientFactory;

/** S3A, whose requests that change the bucket meet a {@link Crash}, one by one. */
public final class CrashingS3 extends DefaultS3ClientFactory {
  private static final Pattern CHANGES =
      Pattern.compile("(put|copy|delete|upload|initiate|complete|abort)[A-Z].*");

  /** Makes it what the scheme s3a is. */
  static Configuration register(Configuration hadoop) {
    Configuration crashing = new Configuration(hadoop);
    crashing.set("fs.s3a.s3.client.factory.impl", CrashingS3.class.getName());
    crashing.set("fs.s3a.impl.disable.cache", "true");
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
      return invoke(client, method, arguments);
    }
    try {
      return Crash.step(() -> invoke(client, method, arguments));
    } catch (IOException e) {
      throw new SdkClientException(e.getMessage());
    }
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
