package dev.throughline.input;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * The headers of a file's pages, which no checksum covers either. Of one that says that its page is
 * longer than it is, Parquet's reader of Snappy waits for the rest without end.
 */
final class PageHeaders {
  /** More than a header without statistics has. */
  private static final int USUAL = 256;

  private PageHeaders() {}

  /** What a header says that the footer contradicts. */
  static Optional<String> contradiction(FileMetaData footer, FSDataInputStream file)
      throws IOException {
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        ColumnMetaData column = chunk.getMeta_data();
        Sizes sizes = sizes(column, file);
        long unpacked = sizes.headers() + sizes.pages();
        long said = column.getTotal_uncompressed_size();
        // Some writers leave the headers out of their sum.
        if (unpacked > said && sizes.pages() != said) {
          return Optional.of(
              "the pages of column "
                  + String.join(".", column.getPath_in_schema())
                  + " would have "
                  + unpacked
                  + " bytes, of "
                  + said);
        }
      }
    }
    return Optional.empty();
  }

  private record Sizes(long headers, long pages) {}

  private static Sizes sizes(ColumnMetaData column, FSDataInputStream file) throws IOException {
    long at = FooterFacts.start(column);
    long values = 0;
    long headers = 0;
    long pages = 0;
    while (values < column.getNum_values()) {
      file.seek(at);
      Counting counted = new Counting(new BufferedInputStream(file, USUAL));
      PageHeader header = Util.readPageHeader(counted);
      if (header.getCompressed_page_size() < 0 || header.getUncompressed_page_size() < 0) {
        throw new IOException("a page has less than no bytes");
      }
      if (header.isSetData_page_header()) {
        values += header.getData_page_header().getNum_values();
      } else if (header.isSetData_page_header_v2()) {
        values += header.getData_page_header_v2().getNum_values();
      }
      at += counted.bytes + header.getCompressed_page_size();
      headers += counted.bytes;
      pages += header.getUncompressed_page_size();
    }
    return new Sizes(headers, pages);
  }

  /** A header does not say how long it is itself. */
  private static final class Counting extends FilterInputStream {
    private long bytes;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int some = super.read(into, offset, length);
      bytes += Math.max(0, some);
      return some;
    }
  }
}
