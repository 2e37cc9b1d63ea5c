package dev.throughline.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeLike;
import org.apache.spark.sql.util.QueryExecutionListener;
import scala.collection.JavaConverters;

/** The physical plans that Spark executed while something ran; what is cached is told apart. */
public final class Plans {
  private final List<List<SparkPlan>> queries = new ArrayList<>();
  private final List<List<SparkPlan>> caches = new ArrayList<>();
  private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());

  private Plans() {}

  public static Plans during(Runnable work) {
    SparkSession spark = TestSession.get();
    List<QueryExecution> executed = Collections.synchronizedList(new ArrayList<>());
    QueryExecutionListener listener =
        new QueryExecutionListener() {
          @Override
          public void onSuccess(String function, QueryExecution execution, long nanos) {
            executed.add(execution);
          }

          @Override
          public void onFailure(String function, QueryExecution execution, Exception error) {
            executed.add(execution);
          }
        };
    spark.listenerManager().register(listener);
    try {
      work.run();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new AssertionError("Spark did not tell of all that it executed", e);
    } finally {
      spark.listenerManager().unregister(listener);
    }
    Plans plans = new Plans();
    for (QueryExecution execution : executed) {
      List<SparkPlan> nodes = new ArrayList<>();
      plans.collect(execution.executedPlan(), nodes);
      plans.queries.add(nodes);
    }
    return plans;
  }

  /** The nodes of each query. */
  public List<List<SparkPlan>> queries() {
    return queries;
  }

  /** The nodes of each plan whose result was cached; it ran once, whoever reads it. */
  public List<List<SparkPlan>> caches() {
    return caches;
  }

  /** All nodes, those of cached plans once. */
  public List<SparkPlan> nodes() {
    List<SparkPlan> all = new ArrayList<>();
    queries.forEach(all::addAll);
    caches.forEach(all::addAll);
    return all;
  }

  public static List<SparkPlan> shuffles(List<SparkPlan> nodes) {
    return nodes.stream().filter(ShuffleExchangeLike.class::isInstance).toList();
  }

  private void collect(SparkPlan node, List<SparkPlan> into) {
    if (node instanceof AdaptiveSparkPlanExec adaptive) {
      collect(adaptive.executedPlan(), into);
      return;
    }
    if (node instanceof QueryStageExec stage) {
      collect(stage.plan(), into);
      return;
    }
    into.add(node);
    if (node instanceof InMemoryTableScanExec scan && known.add(scan.relation().cacheBuilder())) {
      List<SparkPlan> cached = new ArrayList<>();
      caches.add(cached);
      collect(scan.relation().cachedPlan(), cached);
    }
    JavaConverters.seqAsJavaList(node.children()).forEach(child -> collect(child, into));
  }
}
