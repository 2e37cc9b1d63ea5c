package dev.throughline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that can be read in one go. */
class FileSizeTest {
  @Test
  void filesAreSmall() throws IOException {
    assertEquals(List.of(), longerThan(250, Path.of("src/main/java")));
    assertEquals(List.of(), longerThan(250, Path.of("src/main/resources")));
    assertEquals(List.of(), longerThan(299, Path.of("src/test/java")));
    assertTrue(longerThan(20, Path.of("src/main/java")).size() > 20, "the tree is read at all");
  }

  private static List<String> longerThan(int most, Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(java|js|css|html)"))
          .map(file -> file + " has " + lines(file) + " lines")
          .filter(text -> Integer.parseInt(text.replaceAll(".* has (\\d+) lines", "$1")) > most)
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
