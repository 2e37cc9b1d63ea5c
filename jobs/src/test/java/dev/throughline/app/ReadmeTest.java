package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the docs name exists: scripts, options, configuration keys, and the files they link to. */
class ReadmeTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SCRIPT = Pattern.compile("scripts/[a-z]+(?:\\.sh)?");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
  private static final Pattern KEY = Pattern.compile("(?<![\\w/.])throughline(?:\\.[a-z][\\w-]*)+");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  /** Options of spark-submit that the docs show. */
  private static final Set<String> OF_SPARK =
      Set.of(
          "--master",
          "--deploy-mode",
          "--class",
          "--conf",
          "--files",
          "--jars",
          "--driver-class-path");

  private static final Set<String> FILES = Set.of("throughline.conf", "throughline.jar");

  @Test
  void scriptsExist() throws IOException {
    check(SCRIPT, name -> Files.isExecutable(HOME.resolve(name)) || name.endsWith(".sh"));
  }

  @Test
  void optionsExist() throws IOException {
    Set<String> options = new TreeSet<>(OF_SPARK);
    CommandLine commands = new CommandLine(new Throughline());
    Stream.concat(Stream.of(commands), commands.getSubcommands().values().stream())
        .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
        .forEach(options::add);
    check(OPTION, options::contains);
  }

  @Test
  void keysExist() throws IOException {
    Config defaults = ConfigFactory.parseFile(HOME.resolve("conf/throughline.conf").toFile());
    check(KEY, key -> FILES.contains(key) || defaults.hasPathOrNull(key));
  }

  @Test
  void linkedFilesExist() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path doc : docs()) {
      Matcher link = LINK.matcher(Files.readString(doc));
      while (link.find()) {
        if (!Files.exists(doc.resolveSibling(link.group(1)))) {
          broken.add(HOME.relativize(doc) + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private interface Exists {
    boolean test(String name) throws IOException;
  }

  private static void check(Pattern pattern, Exists exists) throws IOException {
    List<String> unknown = new ArrayList<>();
    int named = 0;
    for (Path doc : docs()) {
      Matcher found = pattern.matcher(Files.readString(doc));
      while (found.find()) {
        named++;
        if (!exists.test(found.group())) {
          unknown.add(HOME.relativize(doc) + ": " + found.group());
        }
      }
    }
    assertEquals(List.of(), unknown);
    assertTrue(named > 0, "the docs name some");
  }

  private static List<Path> docs() throws IOException {
    try (Stream<Path> top = Files.list(HOME);
        Stream<Path> docs = Files.walk(HOME.resolve("docs"));
        Stream<Path> samples = Files.list(HOME.resolve("data-samples"))) {
      return Stream.of(top, docs, samples)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
