package dev.throughline.markov;

import java.util.Arrays;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.decomposition.lu.LuUpLooking_DSCC;
import org.ejml.sparse.csc.misc.ImplCommonOps_DSCC;
import org.ejml.sparse.csc.misc.TriangularSolver_DSCC;

/**
 * N as sparse factors of I − Q, rows and columns in an order of elimination.
 *
 * <p>The transpose is factored. In each of its columns the diagonal is at least as large as the
 * rest together, before and during elimination. Pivoting, which takes the largest number in a
 * column, would leave the order alone but for ties, and ties are common: a state whose every way
 * out leads by one other. So each row is scaled a little: the more moves a state is away from an
 * end, the more it weighs. At a tie the state is further away than that other one, so that the
 * diagonal wins.
 */
final class SparseVisits implements Visits {
  /** Far above what rounding makes of equal numbers; leaves all but ties as they are. */
  private static final double WEIGHT_OF_A_MOVE = 0x1p-20;

  private final int[] order;
  private final int[] place;
  private final int[] pivots;
  private final double[] weights;
  private final DMatrixSparseCSC lower = new DMatrixSparseCSC(0, 0);
  private final DMatrixSparseCSC upper = new DMatrixSparseCSC(0, 0);

  SparseVisits(Chain chain, int[] order) {
    this.order = order;
    place = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      place[order[i]] = i;
    }
    weights = Arrays.stream(chain.distances()).mapToDouble(d -> 1 + d * WEIGHT_OF_A_MOVE).toArray();
    LuUpLooking_DSCC factors = new LuUpLooking_DSCC(null);
    if (!factors.decompose(transposed(chain))) {
      throw Singular.exception();
    }
    // With weights D and L U = P D (I − Q)ᵀ, the factors of (I − Q) D are Uᵀ and Lᵀ P.
    ImplCommonOps_DSCC.transpose(factors.getU(), lower, null);
    ImplCommonOps_DSCC.transpose(factors.getL(), upper, null);
    pivots = factors.getPinv();
  }

  /** D (I − Q)ᵀ: column {@code j} holds the moves away from the state at place {@code j}. */
  private DMatrixSparseCSC transposed(Chain chain) {
    int n = order.length;
    int entries = n + Arrays.stream(chain.to).mapToInt(row -> row.length).sum();
    DMatrixSparseCSC matrix = new DMatrixSparseCSC(n, n, entries);
    for (int column = 0; column < n; column++) {
      add(matrix, column, weights[order[column]]);
      int[] to = chain.to[order[column]];
      double[] probability = chain.probability[order[column]];
      for (int i = 0; i < to.length; i++) {
        add(matrix, place[to[i]], -probability[i] * weights[to[i]]);
      }
      matrix.col_idx[column + 1] = matrix.nz_length;
    }
    return matrix;
  }

  private static void add(DMatrixSparseCSC matrix, int row, double value) {
    matrix.nz_rows[matrix.nz_length] = row;
    matrix.nz_values[matrix.nz_length++] = value;
  }

  @Override
  public double[] to(int state) {
    double[] solution = new double[order.length];
    solution[place[state]] = 1;
    return solved(solution);
  }

  @Override
  public double[] earning(double[] perVisit) {
    double[] solution = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      solution[i] = perVisit[order[i]];
    }
    return solved(solution);
  }

  /** Numbers in both factors. */
  long entries() {
    return (long) lower.nz_length + upper.nz_length;
  }

  private double[] solved(double[] right) {
    TriangularSolver_DSCC.solveL(lower, right);
    TriangularSolver_DSCC.solveU(upper, right);
    double[] solution = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      solution[order[i]] = right[pivots[i]] * weights[order[i]];
    }
    return solution;
  }
}
