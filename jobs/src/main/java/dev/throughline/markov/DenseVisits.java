package dev.throughline.markov;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.linsol.lu.LinearSolverLu_DDRM;
import org.ejml.dense.row.mult.MatrixMatrixMult_DDRM;
import org.ejml.dense.row.mult.MatrixMatrixMult_MT_DDRM;

/**
 * N as a full matrix.
 *
 * <p>EJML inverts small blocks and multiplies large ones; larger inverses are put together by the
 * formula for a matrix in four blocks (Banachiewicz 1937), which at 2,000 states takes a third of
 * the time of one inversion by its LU factors, because multiplying uses the cache better. It needs
 * no pivots between blocks: in every row of I − Q the diagonal outweighs the rest, and what
 * elimination leaves keeps that property.
 */
final class DenseVisits implements Visits {
  /** The blocks that are alive at once take about 640 MiB. */
  static final int MOST_STATES = 4_400;

  /**
   * Measured with EJML 0.44 on OpenJDK 17, on one core, from 200 to 2,000 states: per cubed number
   * of states. The same on every machine, so that all choose the same way.
   */
  private static final double NANOS = 0.45;

  private static final int SMALL = 64;

  /**
   * From so many rows on a product is worth the other cores; each row of it is the same to the last
   * bit.
   */
  private static final int SHARED = 128;

  private final int size;
  private final double[] visits;

  DenseVisits(Chain chain) {
    size = chain.size();
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    for (int row = 0; row < size; row++) {
      matrix.data[row * size + row] = 1;
      int[] to = chain.to[row];
      for (int i = 0; i < to.length; i++) {
        matrix.data[row * size + to[i]] = -chain.probability[row][i];
      }
    }
    visits = inverse(matrix).data;
  }

  /** Estimated nanoseconds. */
  static double cost(int states) {
    return NANOS * states * states * states;
  }

  @Override
  public double[] to(int state) {
    double[] column = new double[size];
    for (int row = 0; row < size; row++) {
      column[row] = visits[row * size + state];
    }
    return column;
  }

  @Override
  public double[] earning(double[] perVisit) {
    double[] earning = new double[size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        earning[row] += visits[row * size + column] * perVisit[column];
      }
    }
    return earning;
  }

  private static DMatrixRMaj inverse(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    if (n <= SMALL) {
      return smallInverse(matrix);
    }
    int half = n / 2;
    DMatrixRMaj first = inverse(block(matrix, 0, half, 0, half));
    DMatrixRMaj right = product(first, block(matrix, 0, half, half, n));
    DMatrixRMaj below = block(matrix, half, n, 0, half);
    DMatrixRMaj rest = block(matrix, half, n, half, n);
    subtract(rest, product(below, right));
    DMatrixRMaj last = inverse(rest);
    DMatrixRMaj left = product(last, product(below, first));
    subtract(first, negative(product(right, left)));

    DMatrixRMaj inverse = new DMatrixRMaj(n, n);
    put(inverse, first, 0, 0);
    put(inverse, negative(product(right, last)), 0, half);
    put(inverse, negative(left), half, 0);
    put(inverse, last, half, half);
    return inverse;
  }

  private static DMatrixRMaj smallInverse(DMatrixRMaj matrix) {
    LUDecompositionAlt_DDRM factors = new LUDecompositionAlt_DDRM();
    LinearSolverLu_DDRM solver = new LinearSolverLu_DDRM(factors);
    DMatrixRMaj inverse = new DMatrixRMaj(matrix.numRows, matrix.numCols);
    if (!solver.setA(matrix) || factors.isSingular()) {
      throw Singular.exception();
    }
    solver.invert(inverse);
    return inverse;
  }

  private static DMatrixRMaj product(DMatrixRMaj left, DMatrixRMaj right) {
    DMatrixRMaj product = new DMatrixRMaj(left.numRows, right.numCols);
    if (left.numRows < SHARED) {
      MatrixMatrixMult_DDRM.mult_reorder(left, right, product);
    } else {
      MatrixMatrixMult_MT_DDRM.mult_reorder(left, right, product);
    }
    return product;
  }

  private static DMatrixRMaj block(
      DMatrixRMaj from, int firstRow, int endRow, int firstColumn, int endColumn) {
    DMatrixRMaj block = new DMatrixRMaj(endRow - firstRow, endColumn - firstColumn);
    for (int row = 0; row < block.numRows; row++) {
      int begin = (firstRow + row) * from.numCols + firstColumn;
      System.arraycopy(from.data, begin, block.data, row * block.numCols, block.numCols);
    }
    return block;
  }

  private static void put(DMatrixRMaj into, DMatrixRMaj block, int firstRow, int firstColumn) {
    for (int row = 0; row < block.numRows; row++) {
      int begin = (firstRow + row) * into.numCols + firstColumn;
      System.arraycopy(block.data, row * block.numCols, into.data, begin, block.numCols);
    }
  }

  private static void subtract(DMatrixRMaj from, DMatrixRMaj what) {
    Arrays.setAll(from.data, i -> from.data[i] - what.data[i]);
  }

  private static DMatrixRMaj negative(DMatrixRMaj matrix) {
    Arrays.setAll(matrix.data, i -> -matrix.data[i]);
    return matrix;
  }
}
