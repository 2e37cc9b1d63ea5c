package dev.throughline.input;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import scala.collection.JavaConverters;

/** The columns of a log that expressions name, before it is known which columns it has. */
final class MappedNames {
  private MappedNames() {}

  /** In small letters; of nested columns, the outermost name. */
  static Set<String> of(Collection<String> expressions) {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions) {
      try {
        gather(functions.expr(expression).expr(), names);
      } catch (Exception e) {
        // Spark's exception is checked, but its method does not declare it. The mapping tells it.
        if (!(e instanceof AnalysisException)) {
          throw e;
        }
      }
    }
    return names;
  }

  private static void gather(Expression expression, Set<String> names) {
    if (expression instanceof UnresolvedAttribute attribute) {
      names.add(attribute.nameParts().head().toLowerCase(Locale.ROOT));
    }
    JavaConverters.seqAsJavaList(expression.children()).forEach(child -> gather(child, names));
  }
}
