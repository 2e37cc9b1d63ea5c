package dev.throughline.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The DevTools protocol over the JDK's own WebSocket: calls with answers, and events, all of which
 * are kept.
 */
final class DevTools implements AutoCloseable {
  private static final long SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Long, CompletableFuture<JsonNode>> calls = new HashMap<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final WebSocket socket;
  private long lastId;
  private String session;

  DevTools(String address) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .join();
  }

  /** Directs the calls that follow to a page. */
  void attach(String sessionId) {
    session = sessionId;
  }

  /** Calls a method and waits for its answer. */
  JsonNode call(String method, Map<String, ?> params) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    Map<String, Object> message = new HashMap<>(Map.of("method", method, "params", params));
    synchronized (this) {
      message.put("id", ++lastId);
      calls.put(lastId, answer);
    }
    if (session != null) {
      message.put("sessionId", session);
    }
    try {
      socket.sendText(JSON.writeValueAsString(message), true).join();
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (JsonProcessingException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " was interrupted", e);
    }
  }

  /** Every event so far. */
  synchronized List<JsonNode> events() {
    return List.copyOf(events);
  }

  /** Waits for an event, which may have come already. */
  synchronized void await(String method, Predicate<JsonNode> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    int seen = 0;
    while (true) {
      for (; seen < events.size(); seen++) {
        JsonNode event = events.get(seen);
        if (event.path("method").asText().equals(method) && wanted.test(event.path("params"))) {
          return;
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no event " + method + " within " + SECONDS + " s");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + method, e);
      }
    }
  }

  private synchronized void received(JsonNode message) {
    CompletableFuture<JsonNode> call = calls.remove(message.path("id").asLong());
    if (call == null) {
      events.add(message);
      notifyAll();
    } else if (message.has("error")) {
      call.completeExceptionally(new IllegalStateException(message.path("error").toString()));
    } else {
      call.complete(message.path("result"));
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** Puts messages together that arrive in pieces. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          received(JSON.readTree(text.toString()));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException("no JSON: " + text, e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
