package dev.throughline.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.testing.Campaigning;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON that says what it is given, and cannot leave the element that it stands in. */
class JsonTest {
  @Test
  void anyTextComesBackAndNoneEndsTheElement() throws JsonProcessingException {
    for (String name : Campaigning.HOSTILE) {
      String text = name + "\u0000\b\n\r\t\ud800";
      String json = Json.of(Map.of(text, text));
      assertEquals(Map.of(text, text), new ObjectMapper().readValue(json, Map.class));
      for (String dangerous : List.of("<", ">", "&", "\u2028", "\u2029", "\n", "\r")) {
        assertFalse(json.contains(dangerous), json);
      }
    }
  }

  @Test
  void numbersListsAndNulls() {
    assertEquals(
        "{\"a\":[1,2.5,null,true,null],\"b\":12.30}",
        Json.of(
            Json.object(
                "a",
                Arrays.asList(1L, 2.5, null, true, Double.NaN),
                "b",
                new BigDecimal("12.30"),
                "c",
                null)));
  }
}
