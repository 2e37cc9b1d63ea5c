package dev.throughline.reference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Credit of each touch of one conversion, oldest first, from the table of models alone. */
final class NaiveModels {

  /** A touch: whether it is a click, its channel, and its age in microseconds. */
  record Touch(boolean click, String channel, long age) {
    boolean direct() {
      return channel.equals(NaiveRules.DIRECT);
    }
  }

  private NaiveModels() {}

  /**
   * @param lead place of the last touch before the lead milestone; -1 without one
   */
  static double[] credit(String model, List<Touch> touches, int lead, double halfLife) {
    int n = touches.size();
    double[] credit = new double[n];
    switch (model) {
      case "first_touch" -> credit[firstTouch(touches)] = 1;
      case "last_touch" -> credit[lastTouch(touches)] = 1;
      case "last_non_direct" -> credit[lastNonDirect(touches)] = 1;
      case "linear" -> Arrays.fill(credit, 1.0 / n);
      case "time_decay" -> {
        for (int i = 0; i < n; i++) {
          credit[i] = Math.pow(2, -touches.get(i).age() / halfLife);
        }
      }
      case "position_based" -> spread(credit, 40, 20, 40, .5);
      case "j_curve" -> spread(credit, 20, 20, 60, .25);
      case "inverse_j" -> spread(credit, 60, 20, 20, .75);
      case "w_shaped" -> {
        List<Integer> milestones =
            Stream.of(0, lead, n - 1).filter(i -> i >= 0).distinct().toList();
        for (int i = 0; i < n; i++) {
          credit[i] = milestones.contains(i) ? 30 : 10.0 / (n - milestones.size());
        }
      }
      default -> throw new IllegalArgumentException(model);
    }
    return broughtToOne(credit);
  }

  /** Credit of each touch by a model of the configuration's own. */
  static double[] credit(NaiveRules.Custom model, List<Touch> touches) {
    int n = touches.size();
    double[] credit = new double[n];
    for (int i = 0; i < n; i++) {
      Touch touch = touches.get(i);
      credit[i] = 1;
      if (i == 0) {
        credit[i] *= orOne(model.first());
      } else if (i == n - 1) {
        credit[i] *= orOne(model.last());
      } else if (model.middle() != null) {
        credit[i] *= model.middle() / (n - 2);
      }
      if (model.halfLife() != null) {
        credit[i] *= Math.pow(2, -touch.age() / (double) NaiveRules.micros(model.halfLife()));
      }
      credit[i] *= model.channels().getOrDefault(touch.channel(), 1.0);
      credit[i] *= orOne(touch.click() ? model.click() : model.view());
    }
    return broughtToOne(credit);
  }

  private static double orOne(Double factor) {
    return factor == null ? 1 : factor;
  }

  private static double[] broughtToOne(double[] credit) {
    double sum = Arrays.stream(credit).sum();
    int n = credit.length;
    return Arrays.stream(credit).map(c -> sum == 0 ? 1.0 / n : c / sum).toArray();
  }

  private static void spread(double[] credit, int first, int middle, int last, double firstOfTwo) {
    int n = credit.length;
    if (n == 1) {
      credit[0] = 1;
    } else if (n == 2) {
      credit[0] = firstOfTwo;
      credit[1] = 1 - firstOfTwo;
    } else {
      Arrays.fill(credit, (double) middle / (n - 2));
      credit[0] = first;
      credit[n - 1] = last;
    }
  }

  private static int firstTouch(List<Touch> touches) {
    for (int i = 0; i < touches.size(); i++) {
      if (touches.get(i).click()) {
        return i;
      }
    }
    return 0;
  }

  private static int lastTouch(List<Touch> touches) {
    for (int i = touches.size() - 1; i >= 0; i--) {
      if (touches.get(i).click()) {
        return i;
      }
    }
    return touches.size() - 1;
  }

  private static int lastNonDirect(List<Touch> touches) {
    for (boolean click : new boolean[] {true, false}) {
      for (int i = touches.size() - 1; i >= 0; i--) {
        if (touches.get(i).click() == click && !touches.get(i).direct()) {
          return i;
        }
      }
    }
    return lastTouch(touches);
  }
}
