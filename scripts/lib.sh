# Shared by the scripts: where things are, and the build. Sourced, with THROUGHLINE_HOME set.
# shellcheck shell=bash
JAR="$THROUGHLINE_HOME/jobs/target/throughline.jar"
SPARK_JARS="$THROUGHLINE_HOME/jobs/target/spark/jars"

# The archive of the classes that a run loads. The first run of a build makes it; the JVM passes over one of another JVM.
CLASSES="$THROUGHLINE_HOME/jobs/target/throughline.jsa"

# Spark reaches into the JDK; the one list of what it needs is in pom.xml.
SPARK_JVM_OPTIONS="$(sed -n '/<spark.jvm.options>/,/<\/spark.jvm.options>/p' "$THROUGHLINE_HOME/pom.xml" \
  | grep -v 'spark.jvm.options' | tr -s ' \n' ' ')"

# Sets COMET to the jar of Comet, and the build to fetch it, if a command's arguments ask for that engine.
with_engine() {
  COMET=""
  PROFILE=""
  case " $* " in
    *" --engine comet "* | *" --engine=comet "*)
      COMET="$(sed -n 's:.*<comet.version>\(.*\)</.*:\1:p' "$THROUGHLINE_HOME/pom.xml")"
      COMET="$THROUGHLINE_HOME/jobs/target/spark/comet/comet-spark-spark3.5_2.12-$COMET.jar"
      PROFILE="-Pcomet"
      ;;
  esac
}

# Sets CLASS_DATA to the options that use the archive if there is one of this build. If there is none, and the command
# is a run, sets it to those that write one when the JVM ends, and NEW_CLASSES to the file that they write.
#
# Options that look into classes go without: where the JVM 17 is asked for the class file of an archived class, it crashes
# if that class is of a jar's META-INF/versions, as one of Log4j is (KlassFactory::check_shared_class_file_load_hook).
with_archive() {
  CLASS_DATA=""
  NEW_CLASSES=""
  case " ${THROUGHLINE_JAVA_OPTS:-} ${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-} " in
    *StartFlightRecording* | *" -agent"* | *" -javaagent"* | *SharedArchiveFile* | *ArchiveClassesAtExit* | *Xshare*) return ;;
  esac
  if [ "$CLASSES" -nt "$JAR" ]; then
    CLASS_DATA="-XX:SharedArchiveFile=$CLASSES -Xlog:cds*=off"
    return
  fi
  case " $* " in
    *" --help "* | *" -h "* | *" --dry-run "* | *" --engine"*) ;;
    " run "*)
      # A name of its own, so that runs at the same time do not write to one file.
      NEW_CLASSES="$CLASSES.$$"
      find "$THROUGHLINE_HOME/jobs/target" -maxdepth 1 -name 'throughline.jsa.*' -mmin +1440 -delete # of killed runs
      CLASS_DATA="-XX:ArchiveClassesAtExit=$NEW_CLASSES -Xlog:cds*=off"
      ;;
  esac
}

# Replaces the shell by java, with the archive. Where there is none yet, runs java and puts the archive that it wrote in
# place, in one step, if it ended well and the jar is still the same.
run_java() {
  local build code=0 java
  if [ -z "$NEW_CLASSES" ]; then
    # shellcheck disable=SC2086 # options are words
    exec java $CLASS_DATA "$@"
  fi
  build="$(ls -li "$JAR")"
  trap 'rm -f "$NEW_CLASSES"' EXIT
  echo "throughline: this run archives the classes that it loads, so that later ones start sooner" >&2
  # shellcheck disable=SC2086
  java $CLASS_DATA "$@" &
  java=$!
  trap 'kill -TERM "$java" 2>/dev/null || true' TERM INT HUP # a shell's child in the background ignores INT
  wait "$java" || code=$?
  while kill -0 "$java" 2>/dev/null; do # a signal ends the wait, and the run some time after
    code=0
    wait "$java" || code=$?
  done
  if [ "$code" = 0 ] && [ -f "$NEW_CLASSES" ] && [ "$build" = "$(ls -li "$JAR")" ]; then
    mv -f "$NEW_CLASSES" "$CLASSES"
  fi
  exit "$code"
}

# Builds the jar unless it is there and newer than its sources. One at a time: another one waits, and then uses what the
# first has built.
build_if_needed() {
  mkdir -p "$THROUGHLINE_HOME/jobs/target"
  if command -v flock >/dev/null; then
    exec 9>"$THROUGHLINE_HOME/jobs/target/.build.lock"
    flock 9
    build_unless_there
    exec 9>&-
  else
    build_unless_there
  fi
}

build_unless_there() {
  if [ -f "$JAR" ] && [ -d "$SPARK_JARS" ] && [ -f "${COMET:-$JAR}" ] \
    && [ -z "$(find "$THROUGHLINE_HOME/pom.xml" "$THROUGHLINE_HOME/jobs/pom.xml" \
      "$THROUGHLINE_HOME/conf/throughline.conf" "$THROUGHLINE_HOME/jobs/src/main" \
      -newer "$JAR" -type f -print -quit)" ]; then
    return
  fi
  command -v mvn >/dev/null || {
    echo "throughline: the jar has to be built, and mvn (Maven 3.8 or newer) is not on the PATH" >&2
    exit 1
  }
  echo "throughline: building …" >&2
  # shellcheck disable=SC2086 # none is no word
  (cd "$THROUGHLINE_HOME" && mvn -q -B -Prun-only $PROFILE package -pl jobs -am -Dstyle.color=never 9>&-) >&2
}

# Sets JVM_TUNING to what suits a run, unless THROUGHLINE_JAVA_OPTS names a collector.
with_tuning() {
  # G1 collects for every large array that Spark allocates, and the JVM whenever a few more classes have been compiled.
  JVM_TUNING="-XX:MetaspaceSize=256m"
  case "${THROUGHLINE_JAVA_OPTS:-}" in
    *-XX:+Use*GC*) ;; # a JVM takes but one
    *) JVM_TUNING="$JVM_TUNING -XX:+UseParallelGC" ;;
  esac
}

# Sets args to a command's arguments. Whoever names an input means that input, and not the sample's
# campaigns and spend beside it; whoever names none means the sample.
with_sample_config() {
  args=("$@")
  with_tuning
  case "${1:-}" in
    run | validate | html)
      if ! printf '%s\n' "$@" | grep -qE -- '^--config|throughline\.input\.|^(-h|--help)$'; then
        args+=(--config "$THROUGHLINE_HOME/conf/data-samples.conf")
        # Most of a run on so little data is compiling; the second compiler would not earn its time.
        JVM_TUNING="$JVM_TUNING -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m"
      fi
      ;;
  esac
}
