# Shared by the scripts: where things are, and the build. Sourced, with THROUGHLINE_HOME set.
# shellcheck shell=bash
JAR="$THROUGHLINE_HOME/jobs/target/throughline.jar"
SPARK_JARS="$THROUGHLINE_HOME/jobs/target/spark/jars"

# The archive that scripts/install makes. One of another build or JVM is passed over.
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

# Sets CLASS_DATA to the options that use the archive, if there is one of this build.
with_archive() {
  CLASS_DATA=""
  if [ "$CLASSES" -nt "$JAR" ]; then
    CLASS_DATA="-XX:SharedArchiveFile=$CLASSES -Xlog:cds*=off"
  fi
}

build_if_needed() {
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
  (cd "$THROUGHLINE_HOME" && mvn -q -B $PROFILE package -pl jobs -am -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true) >&2
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
