package dev.throughline.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How journeys are cut into states, and how states are written down. */
class ChainStatesTest {

  @ParameterizedTest(name = "order {0} of {1} passes {2}")
  @CsvSource({
    "1, a, a",
    "1, aab, a|b",
    "1, aba, a|b|a",
    "2, a, a",
    "2, ab, a > b",
    "2, aaab, a > a|a > b",
    "2, abab, a > b|b > a|a > b",
    "3, ab, a > b",
    "3, aaaa, a > a > a",
    "4, abc, a > b > c",
    "4, abcda, a > b > c > d|b > c > d > a",
  })
  void runsOfTouchesAreStates(int order, String journey, String expected) {
    List<String> members = journey.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    assertEquals(List.of(expected.split("\\|")), ChainStates.passed(members, order));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(start)",
        "(conversion)",
        "(null)",
        "\\",
        "\\(start)",
        " > ",
        ">",
        "a\\>b",
        "",
        "ü"
      })
  void anyNameCanBeReadBack(String name) {
    for (List<String> members :
        List.of(List.of(name), List.of(name, "b"), List.of("b", name, name))) {
      assertEquals(members, ChainStates.members(ChainStates.of(members)));
    }
  }

  @Test
  void startAndEndsHaveNoMembers() {
    assertEquals(List.of(), ChainStates.members(ChainStates.START));
    assertEquals(List.of(), ChainStates.members(ChainStates.CONVERSION));
    assertEquals(List.of(), ChainStates.members(ChainStates.NULL));
  }
}
