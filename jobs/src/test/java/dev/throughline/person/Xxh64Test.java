package dev.throughline.person;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class Xxh64Test {
  @Test
  void hashesAreThoseOfSpark() {
    Random random = new Random(7);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length + 3];
      random.nextBytes(bytes);
      long seed = random.nextLong();
      assertEquals(
          XxHash64Function.hash(UTF8String.fromBytes(bytes, 3, length), DataTypes.StringType, seed),
          Xxh64.of(bytes, 3, length, seed),
          "of " + length + " bytes");
      long number = random.nextLong();
      assertEquals(
          XxHash64Function.hash(number, DataTypes.LongType, seed), Xxh64.ofLong(number, seed));
      assertEquals(
          XxHash64Function.hash((int) number, DataTypes.IntegerType, seed),
          Xxh64.ofInt((int) number, seed));
    }
  }
}
