package dev.throughline.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.FileStatusCache;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.InMemoryFileIndex;
import org.apache.spark.sql.execution.datasources.PartitionPath;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.Some;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

/**
 * Files of a log as Spark reads them: those that were listed and no others, each folder with the
 * values that its name gives.
 *
 * <p>Spark would list the folders again, and infer from their names which columns they give and of
 * which type: it fails where days are divided in different ways, and makes a number of {@code 007}.
 */
final class LogRelation {
  private final String format;
  private final String dayColumn;

  /** The columns of the folders below the day's. */
  private final List<String> inFolders;

  LogRelation(String format, String dayColumn, List<String> inFolders) {
    this.format = format;
    this.dayColumn = dayColumn;
    this.inFolders = inFolders;
  }

  /** The columns that folders give. */
  StructType folderColumns() {
    StructType columns = new StructType().add(dayColumn, DataTypes.DateType);
    for (String column : inFolders) {
      columns = columns.add(column, DataTypes.StringType);
    }
    return columns;
  }

  /** The columns of files of ORC. */
  static LogColumns columnsOfOrc(SparkSession spark, List<LogFile> files, Set<String> inFolders) {
    List<FileStatus> statuses = files.stream().map(LogFile::status).toList();
    scala.collection.immutable.Map<String, String> noOptions = Map$.MODULE$.empty();
    StructType found =
        new OrcFileFormat()
            .inferSchema(spark, noOptions, JavaConverters.asScalaBuffer(statuses).toSeq())
            .getOrElse(StructType::new);
    StructType types = new StructType();
    for (StructField column : found.fields()) {
      types = inFolders.contains(column.name()) ? types : types.add(column);
    }
    return new LogColumns(types, Map.of());
  }

  /** The rows of some files, with some columns of theirs and those of their folders. */
  Dataset<Row> rows(SparkSession spark, StructType inFiles, List<LogFile> files) {
    Map<Path, List<LogFile>> byFolder = new LinkedHashMap<>();
    for (LogFile file : files) {
      byFolder.computeIfAbsent(file.path().getParent(), any -> new ArrayList<>()).add(file);
    }
    StructType folderColumns = folderColumns();
    List<PartitionPath> folders = new ArrayList<>();
    byFolder.forEach((folder, inIt) -> folders.add(new PartitionPath(values(inIt.get(0)), folder)));
    scala.collection.immutable.Map<String, String> noOptions = Map$.MODULE$.empty();
    InMemoryFileIndex index =
        new InMemoryFileIndex(
            spark,
            JavaConverters.asScalaBuffer(List.copyOf(byFolder.keySet())).toSeq(),
            noOptions,
            new Some<>(inFiles),
            new Listed(byFolder),
            new Some<>(
                new PartitionSpec(folderColumns, JavaConverters.asScalaBuffer(folders).toSeq())),
            Option.empty());
    FileFormat reader = format.equals("orc") ? new OrcFileFormat() : new ParquetFileFormat();
    return spark.baseRelationToDataFrame(
        new HadoopFsRelation(
            index, folderColumns, inFiles, Option.empty(), reader, noOptions, spark));
  }

  private GenericInternalRow values(LogFile file) {
    List<Object> values = new ArrayList<>();
    values.add((int) file.day().toEpochDay());
    for (String column : inFolders) {
      Optional<String> text = file.folders().getOrDefault(column, Optional.empty());
      values.add(text.map(UTF8String::fromString).orElse(null));
    }
    return new GenericInternalRow(values.toArray());
  }

  /** What was listed, in the place of a listing by Spark. */
  private static final class Listed extends FileStatusCache {
    private final Map<Path, List<LogFile>> byFolder;

    Listed(Map<Path, List<LogFile>> byFolder) {
      this.byFolder = byFolder;
    }

    @Override
    public Option<FileStatus[]> getLeafFiles(Path folder) {
      return new Some<>(
          byFolder.getOrDefault(folder, List.of()).stream()
              .map(LogFile::status)
              .toArray(FileStatus[]::new));
    }

    @Override
    public void putLeafFiles(Path folder, FileStatus[] files) {}

    @Override
    public void invalidateAll() {}
  }
}
