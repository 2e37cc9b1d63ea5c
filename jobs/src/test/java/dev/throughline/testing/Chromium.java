package dev.throughline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A page in a headless Chromium: what it shows, what it complains of, what it asks of the network.
 */
public final class Chromium implements AutoCloseable {
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /**
   * Opens an empty page. Where there is no Chromium the test is skipped, but on CI it fails.
   *
   * @param profile an empty folder
   */
  public static Chromium open(Path profile) {
    Optional<Path> binary =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "chromium"))
            .filter(Files::isExecutable)
            .findFirst();
    String absent = "no chromium on the PATH; on Debian: apt-get install chromium";
    if ("true".equals(System.getenv("CI"))) {
      assertTrue(binary.isPresent(), absent);
    }
    assumeTrue(binary.isPresent(), absent);
    try {
      Process process =
          new ProcessBuilder(
                  binary.get().toString(),
                  "--headless",
                  // It opens files of our own making, and as root it would not start otherwise.
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--disable-background-networking",
                  "--no-first-run",
                  "--hide-scrollbars",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return new Chromium(process, new DevTools(address(process))).attach();
      } catch (AssertionError | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Chromium says where it listens; what it says later is read, or it would wait for a reader. */
  private static String address(Process process) throws IOException {
    BufferedReader errors = process.errorReader(UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread reader = new Thread(() -> errors.lines().forEach(ignored -> {}), "chromium-errors");
        reader.setDaemon(true);
        reader.start();
        return line.substring(LISTENING.length());
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("chromium ended before it listened:\n" + said);
  }

  private Chromium attach() {
    String target =
        tools.call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
    tools.attach(
        tools
            .call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText());
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      tools.call(domain + ".enable", Map.of());
    }
    tools.call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
    return this;
  }

  /** Opens a file and waits until it has loaded. */
  public void load(Path file) {
    String loader =
        tools
            .call("Page.navigate", Map.of("url", file.toUri().toString()))
            .path("loaderId")
            .asText();
    tools.await(
        "Page.lifecycleEvent",
        event ->
            event.path("name").asText().equals("load")
                && event.path("loaderId").asText().equals(loader));
  }

  /** The value of an expression; a promise is waited for. */
  public JsonNode evaluate(String expression) {
    JsonNode result =
        tools.call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + " threw " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Sets the size of the window, in CSS pixels. */
  public void size(int width, int height) {
    tools.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    settle();
  }

  /** Shows the page on screen or on paper, in light or in dark. */
  public void media(String medium, String scheme) {
    tools.call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    settle();
  }

  /** Presses a key, as a person at a keyboard does. */
  public void press(String key) {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      int code = key.equals("Tab") ? 9 : 40;
      tools.call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
    settle();
  }

  /** Waits until the page has reacted to a change: two frames, the first of which lays it out. */
  private void settle() {
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  /** What the window shows, as PNG. */
  public byte[] screenshot() {
    return Base64.getDecoder()
        .decode(
            tools.call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
  }

  /** The page as PDF, on A4. */
  public byte[] pdf() {
    media("", "light");
    return Base64.getDecoder()
        .decode(
            tools
                .call(
                    "Page.printToPDF",
                    Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", true))
                .path("data")
                .asText());
  }

  /** Warnings, errors, exceptions and dialogs so far. */
  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (JsonNode event : tools.events()) {
      JsonNode params = event.path("params");
      boolean complaint =
          switch (event.path("method").asText()) {
            case "Runtime.exceptionThrown", "Page.javascriptDialogOpening" -> true;
            case "Runtime.consoleAPICalled" ->
                Set.of("error", "warning", "assert").contains(params.path("type").asText());
            case "Log.entryAdded" ->
                Set.of("error", "warning").contains(params.path("entry").path("level").asText());
            default -> false;
          };
      if (complaint) {
        complaints.add(event.toString());
      }
    }
    return complaints;
  }

  /** The addresses that were asked for so far. */
  public List<String> requests() {
    return tools.events().stream()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .toList();
  }

  @Override
  public void close() {
    try {
      tools.attach(null);
      tools.call("Browser.close", Map.of());
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      tools.close();
    }
  }
}
