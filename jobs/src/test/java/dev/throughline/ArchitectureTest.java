package dev.throughline;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callCodeUnitWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.input.LocalDays;
import dev.throughline.input.Period;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md, as far as a machine can tell. */
class ArchitectureTest {
  private static final String ROOT = "dev.throughline.";

  /** What each package may use of the others. Every package may use errors. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("errors", Set.of()),
          Map.entry("table", Set.of()),
          Map.entry("config", Set.of()),
          Map.entry("input", Set.of("table", "config")),
          Map.entry("model", Set.of("table", "config", "input", "person")),
          Map.entry("person", Set.of("table", "config", "input")),
          Map.entry("metrics", Set.of("table", "config", "input", "model")),
          Map.entry("reports", Set.of("table", "config", "input", "model", "metrics")),
          Map.entry("output", Set.of("table", "config")),
          Map.entry("html", Set.of()),
          Map.entry("markov", Set.of()),
          Map.entry("drift", Set.of("config")),
          Map.entry("sample", Set.of()),
          Map.entry(
              "app",
              Set.of(
                  "table", "config", "input", "model", "metrics", "reports", "output", "html",
                  "markov", "drift", "sample")));

  private static final String[] PURE = {ROOT + "model", ROOT + "metrics", ROOT + "reports"};

  private static final Set<String> ACTIONS =
      Set.of(
          "count",
          "collect",
          "collectAsList",
          "first",
          "head",
          "take",
          "takeAsList",
          "tail",
          "show",
          "foreach",
          "foreachPartition",
          "toLocalIterator",
          "reduce",
          "isEmpty",
          "describe",
          "summary",
          "rdd",
          "javaRDD",
          "toJavaRDD",
          "observe");
  private static final Set<String> KEEPING =
      Set.of(
          "write",
          "writeTo",
          "writeStream",
          "cache",
          "persist",
          "unpersist",
          "checkpoint",
          "localCheckpoint",
          "createTempView",
          "createOrReplaceTempView",
          "createGlobalTempView");
  private static final Set<String> SESSION = Set.of("sparkSession", "sqlContext");
  private static final Set<String> ROW_CODE =
      Set.of("mapPartitions", "map", "flatMap", "groupByKey", "as");

  private static final JavaClasses MAIN =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void everyPackageHasARule() {
    Set<String> found =
        MAIN.stream()
            .map(type -> type.getPackageName().substring(ROOT.length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(MAY_USE.keySet()), found);
  }

  @Test
  void packagesUseWhatTheyMay() {
    MAY_USE.forEach(
        (name, used) -> {
          String[] forbidden =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(name) && !other.equals("errors"))
                  .filter(other -> !used.contains(other))
                  .map(other -> ROOT + other)
                  .toArray(String[]::new);
          noClasses()
              .that(resideInAPackage(ROOT + name))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden)
              .allowEmptyShould(true)
              .check(MAIN);
        });
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void configurationKnowsNoSpark() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "config", ROOT + "errors")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(MAIN);
  }

  @Test
  void theSolverAndTheComparisonKnowNeitherSparkNorFiles() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "markov", ROOT + "drift")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "scala..", "java.nio.file..", "java.io.File")
        .check(MAIN);
  }

  @Test
  void pagesKnowRowsAndNothingElse() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "html")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..", "java.nio.file..")
        .check(MAIN);
  }

  @Test
  void computingPackagesSeeContractsNotReaders() {
    Set<Class<?>> contract =
        Set.of(Events.class, EventType.class, LocalDays.class, Dimensions.class, Period.class);
    DescribedPredicate<JavaClass> reader =
        DescribedPredicate.describe(
            "readers of the input",
            type ->
                type.getPackageName().equals(ROOT + "input")
                    && contract.stream().noneMatch(type::isEquivalentTo));
    noClasses().that().resideInAnyPackage(PURE).should().dependOnClassesThat(reader).check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callCodeUnitWhere(target(ownedBy(Dimensions.class, "methods of Dimensions", name -> true)))
        .check(MAIN);
    DescribedPredicate<JavaClass> loader =
        DescribedPredicate.describe(
            "what loads the configuration",
            type ->
                type.getPackageName().equals(ROOT + "config")
                    && !type.getName().startsWith(Settings.class.getName()));
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "input", ROOT + "model", ROOT + "metrics", ROOT + "reports")
        .should()
        .dependOnClassesThat(loader)
        .check(MAIN);
  }

  @Test
  void onlyTheEdgesTouchTheSession() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "input", ROOT + "output", ROOT + "app", ROOT + "sample")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("org\\.apache\\.spark\\.(sql\\.(SparkSession.*|SQLContext)|SparkContext)")
        .orShould()
        .callCodeUnitWhere(target(ofDataset("the session of a Dataset", SESSION)))
        .check(MAIN);
  }

  @Test
  void computingPackagesAreLazyAndPure() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callCodeUnitWhere(target(ofDataset("an action", ACTIONS)))
        .orShould()
        .callCodeUnitWhere(target(ofDataset("keeping or writing", KEEPING)))
        .check(MAIN);
    noClasses()
        .should()
        .callCodeUnitWhere(
            target(
                ownedBy(
                    org.apache.spark.sql.functions.class,
                    "udf",
                    Set.of("udf", "call_udf", "callUDF", "udaf")::contains)))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "org\\.apache\\.spark\\.sql\\.(api\\.java\\.UDF\\d+|expressions\\.User.*)")
        .check(MAIN);
  }

  @Test
  void rowsAreHandledInJavaInTheSweepAlone() {
    classes()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "model.Journeys")
        .and()
        .resideOutsideOfPackage(ROOT + "sample")
        .should(never(callCodeUnitWhere(target(ofDataset("code over rows", ROW_CODE)))))
        .check(MAIN);
  }

  @Test
  void reportsSeeNoFileLocation() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "reports", ROOT + "metrics", ROOT + "model")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hadoop..", "java.nio.file..", "java.io.File")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("org\\.apache\\.spark\\.sql\\.DataFrame(Reader|Writer.*)")
        .orShould()
        .callCodeUnitWhere(
            target(
                DescribedPredicate.describe(
                    "a location",
                    target ->
                        target.getOwner().getName().startsWith(Settings.class.getName())
                            && Set.of("path", "outputPath", "table", "events", "campaigns")
                                .contains(target.getName()))))
        .check(MAIN);
  }

  @Test
  void callsAreFoundWhereTheyAreAllowed() {
    for (Set<String> names : List.of(ACTIONS, KEEPING, ROW_CODE)) {
      assertTrue(
          noClasses()
              .should()
              .callCodeUnitWhere(target(ofDataset("what some class may do", names)))
              .evaluate(MAIN)
              .hasViolation(),
          "no class calls any of " + names);
    }
  }

  private static DescribedPredicate<CodeUnitCallTarget> ofDataset(String what, Set<String> names) {
    assertTrue(
        Arrays.stream(Dataset.class.getMethods())
            .map(java.lang.reflect.Method::getName)
            .collect(Collectors.toSet())
            .containsAll(names),
        "Dataset has all these methods");
    return ownedBy(Dataset.class, what, names::contains);
  }

  private static DescribedPredicate<CodeUnitCallTarget> ownedBy(
      Class<?> owner, String what, java.util.function.Predicate<String> name) {
    return DescribedPredicate.describe(
        what, target -> target.getOwner().isEquivalentTo(owner) && name.test(target.getName()));
  }
}
