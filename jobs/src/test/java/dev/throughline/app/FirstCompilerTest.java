package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.management.JMException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM is told of its compilers, and in which processes. */
class FirstCompilerTest {
  private static final Pattern LEFT_OUT =
      Pattern.compile("c2 directives:\\s+inline: -\\s+Enable:true Exclude:true");

  @TempDir Path temp;

  /** Prints what the compilers go by in this process. */
  public static void main(String[] args) throws JMException {
    System.setProperty(FirstCompiler.OWN_PROCESS, args[0]);
    FirstCompiler.only();
    System.out.println(FirstCompiler.command("compilerDirectivesPrint"));
  }

  private String directives(boolean ownProcess) throws Exception {
    Path errors = temp.resolve("errors");
    Process child = ChildJvm.start(FirstCompilerTest.class, errors, String.valueOf(ownProcess));
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(child.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, child.exitValue(), Files.readString(errors));
    return said;
  }

  @Test
  void aRunsOwnProcessLeavesTheSecondCompilerOut() throws Exception {
    assertTrue(LEFT_OUT.matcher(directives(true)).find());
  }

  @Test
  void anotherProcessIsLeftAsItIs() throws Exception {
    assertFalse(LEFT_OUT.matcher(directives(false)).find());
  }
}
