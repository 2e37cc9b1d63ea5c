package dev.throughline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does independent pieces of work side by side. Planning a small query keeps one core busy for
 * longer than its rows keep any; the others need not wait for it.
 */
final class Concurrently {
  private static final int THREADS = 4;

  private Concurrently() {}

  /**
   * Does all of it, even if some of it fails.
   *
   * @return the results, in the order of the work
   * @throws RuntimeException what the first of the work that failed threw, with what others threw
   *     suppressed
   */
  static <T> List<T> all(List<Callable<T>> work) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<T> results = new ArrayList<>();
      Throwable failure = null;
      for (Future<T> done : threads.invokeAll(work)) {
        try {
          results.add(done.get());
        } catch (ExecutionException e) {
          if (failure == null) {
            failure = e.getCause();
          } else {
            failure.addSuppressed(e.getCause());
          }
        }
      }
      if (failure != null) {
        throw Concurrently.<RuntimeException>unchecked(failure);
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while work was going on side by side", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Spark throws checked exceptions that its methods do not declare; they pass as they are. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable failure) throws E {
    throw (E) failure;
  }
}
