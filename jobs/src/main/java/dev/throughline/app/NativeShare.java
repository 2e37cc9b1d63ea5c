package dev.throughline.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;
import org.apache.spark.sql.util.QueryExecutionListener;
import scala.collection.JavaConverters;

/** Counts how many operators of the plans that a session executed were native. */
final class NativeShare implements QueryExecutionListener {
  private static final long PATIENCE_MILLIS = 10_000;

  /** They hold other operators, or hand on what these gave, and compute nothing. */
  private static final Set<String> NO_OPERATORS =
      Set.of(
          "WholeStageCodegenExec",
          "InputAdapter",
          "AQEShuffleReadExec",
          "ReusedExchangeExec",
          "ReusedSubqueryExec",
          "SubqueryExec",
          "CommandResultExec",
          "ColumnarToRowExec",
          "RowToColumnarExec",
          "CometColumnarToRowExec",
          "CometSparkToColumnarExec",
          "CometSinkPlaceHolder",
          "CometScanWrapper");

  /**
   * Operators of executed plans.
   *
   * @param ofComet those that ran natively
   * @param all all of them
   */
  record Count(long ofComet, long all) {
    static final Count NONE = new Count(0, 0);

    /** With other operators, by the names of their classes. */
    Count plus(List<String> operators) {
      long more = operators.stream().filter(name -> name.startsWith("Comet")).count();
      return new Count(ofComet + more, all + operators.size());
    }

    @Override
    public String toString() {
      long percent = all == 0 ? 0 : Math.round(100.0 * ofComet / all);
      return String.format(Locale.ROOT, "%d %% (%,d of %,d)", percent, ofComet, all);
    }
  }

  private final Set<Object> caches = Collections.newSetFromMap(new IdentityHashMap<>());
  private Count count = Count.NONE;

  @Override
  public void onSuccess(String function, QueryExecution execution, long nanos) {
    add(execution.executedPlan());
  }

  @Override
  public void onFailure(String function, QueryExecution execution, Exception error) {
    // How far such a plan came is not known.
  }

  /** Counts the operators of an executed plan. */
  synchronized void add(SparkPlan plan) {
    List<String> operators = new ArrayList<>();
    collect(plan, operators);
    count = count.plus(operators);
  }

  /** The count so far; empty if the session is slow to tell, which is no reason to fail. */
  Optional<Count> of(SparkSession spark) {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (TimeoutException e) {
      return Optional.empty();
    }
    return Optional.of(count());
  }

  /** The count of the plans that were added. */
  synchronized Count count() {
    return count;
  }

  private void collect(SparkPlan node, List<String> operators) {
    if (node instanceof AdaptiveSparkPlanExec adaptive) {
      collect(adaptive.executedPlan(), operators);
      return;
    }
    if (node instanceof QueryStageExec stage) {
      collect(stage.plan(), operators);
      return;
    }
    String name = node.getClass().getSimpleName();
    if (!NO_OPERATORS.contains(name)) {
      operators.add(name);
    }
    if (node instanceof InMemoryTableScanExec scan && caches.add(scan.relation().cacheBuilder())) {
      collect(scan.relation().cachedPlan(), operators);
    }
    JavaConverters.seqAsJavaList(node.children()).forEach(child -> collect(child, operators));
    JavaConverters.seqAsJavaList(node.subqueries()).forEach(plan -> collect(plan, operators));
  }
}
