package dev.throughline.person;

import dev.throughline.config.Settings;
import dev.throughline.input.MappedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * The events of a log, each visitor's together and in order, classified.
 *
 * <ol>
 *   <li>Each task reads rows, from column batches or by expressions, and encodes them as blocks of
 *       one partition of visitors each.
 *   <li>The one exchange brings the blocks of a partition together.
 *   <li>Each task sorts its partition and classifies its events in one pass.
 * </ol>
 */
public final class PersonEvents {
  private final JavaPairRDD<Integer, byte[]> blocks;
  private final TrafficRules rules;
  private final long memory;

  private PersonEvents(JavaPairRDD<Integer, byte[]> blocks, TrafficRules rules, long memory) {
    this.blocks = blocks;
    this.rules = rules;
    this.memory = memory;
  }

  /** What a task makes of classified events. */
  public interface Pass<T> extends ClassifiedEvents {
    /**
     * After the last event.
     *
     * @return what the pass found
     */
    Iterator<T> end();
  }

  /** Begins the pass of a task. */
  @FunctionalInterface
  public interface Passes<T> extends java.io.Serializable {
    /**
     * Begins a pass.
     *
     * @param texts what the codes of its events stand for
     */
    Pass<T> begin(Texts texts);
  }

  /** What codes of a task's events stand for. */
  @FunctionalInterface
  public interface Texts {
    /** The text of a code; null of 0. */
    String text(int code);
  }

  /**
   * By column batches; empty where the log cannot be read so.
   *
   * @param partitions how many parts visitors are divided into
   * @param memory bytes that the events of a task may take before they are written to disk
   */
  public static Optional<PersonEvents> ofBatches(
      MappedLog log, boolean byFile, Settings settings, int partitions, long memory) {
    return ColumnBatches.of(log, byFile).map(found -> of(found, settings, partitions, memory));
  }

  private static PersonEvents of(
      ColumnBatches.Log log, Settings settings, int partitions, long memory) {
    RowRules rules = RowRules.of(settings);
    BatchRows.Places places = log.places();
    return of(
        log.batches()
            .mapPartitionsToPair(
                batches -> new EncodedBlocks(new BatchRows(batches, places), rules, partitions)),
        settings,
        partitions,
        memory);
  }

  /** By rows that Spark maps by the expressions of the configuration. */
  public static PersonEvents ofRows(MappedLog log, Settings settings, int partitions, long memory) {
    RowRules rules = RowRules.of(settings);
    return of(
        log.rows()
            .toJavaRDD()
            .mapPartitionsToPair(rows -> new EncodedBlocks(new SqlRows(rows), rules, partitions)),
        settings,
        partitions,
        memory);
  }

  private static PersonEvents of(
      JavaPairRDD<Integer, byte[]> blocks, Settings settings, int partitions, long memory) {
    return new PersonEvents(
        blocks.partitionBy(new Visitors(partitions)),
        TrafficRules.of(settings.invalidTraffic()),
        memory);
  }

  /** Passes over all events. */
  public <T> JavaRDD<T> pass(Passes<T> passes) {
    return blocks.mapPartitions(new Task<>(rules, memory, passes));
  }

  private record Task<T>(TrafficRules rules, long memory, Passes<T> passes)
      implements FlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, T> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<T> call(Iterator<Tuple2<Integer, byte[]>> blocks) throws IOException {
      TextCodes codes = new TextCodes();
      Path folder = Files.createTempDirectory("throughline-events");
      EventSorter sorter = new EventSorter(codes, memory, folder);
      TaskCompletionListener closing = context -> close(sorter);
      TaskContext.get().addTaskCompletionListener(closing);
      while (blocks.hasNext()) {
        sorter.add(blocks.next()._2());
      }
      Pass<T> pass = passes.begin(codes::text);
      Classifier classifier = new Classifier(rules, pass);
      EventSource events = sorter.sorted();
      while (events.next()) {
        classifier.take(events.event());
      }
      classifier.end();
      return pass.end();
    }

    private static void close(EventSorter sorter) {
      try {
        sorter.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Blocks say themselves which partition they belong to. */
  private static final class Visitors extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int partitions;

    Visitors(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Visitors visitors && visitors.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return partitions;
    }
  }
}
