package dev.throughline.input;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** The pages of a Parquet file, without the values in them. */
final class Pages {
  private Pages() {}

  /**
   * Reads and unpacks them all, which compares their checksums.
   *
   * @throws dev.throughline.errors.ThroughlineException of kind INPUT if one is damaged
   */
  static void requireWhole(LogFile file, Configuration hadoop) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(file.path(), hadoop),
            HadoopReadOptions.builder(hadoop, file.path()).usePageChecksumVerification().build())) {
      PageReadStore group = reader.readNextRowGroup();
      while (group != null) {
        for (ColumnDescriptor column : reader.getFileMetaData().getSchema().getColumns()) {
          PageReader pages = group.getPageReader(column);
          pages.readDictionaryPage();
          DataPage page;
          do {
            page = pages.readPage();
          } while (page != null);
        }
        group = reader.readNextRowGroup();
      }
    } catch (IOException | RuntimeException e) {
      throw Footer.unreadable(file, e.toString(), e);
    }
  }
}
