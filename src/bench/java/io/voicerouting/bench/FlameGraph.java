package io.voicerouting.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stacks laid over each other: the wider a frame, the more samples went through it. */
final class FlameGraph {

  private static final int WIDTH = 1600;
  private static final int ROW = 16;
  private static final int HEADER = 40;
  private static final double CHARACTER = 6.6;

  /** What is narrower cannot be seen. */
  private static final double NARROWEST = 1.5;

  private final String title;
  private final Node root = new Node();

  FlameGraph(String title) {
    this.title = title;
  }

  private static final class Node {
    private final Map<String, Node> callees = new TreeMap<>();
    private long samples;

    int depth() {
      return 1 + callees.values().stream().mapToInt(Node::depth).max().orElse(0);
    }
  }

  /** Adds a sample: its frames, outermost first. */
  void add(List<String> frames) {
    Node node = root;
    node.samples++;
    for (String frame : frames) {
      node = node.callees.computeIfAbsent(frame, same -> new Node());
      node.samples++;
    }
  }

  /** The picture, outermost frames at the bottom. */
  String svg() {
    int height = HEADER + ROW * root.depth();
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="monospace" font-size="11">
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text x="8" y="24" font-size="14">%s · %,d samples</text>
        """
            .formatted(WIDTH, height, escaped(title), root.samples));
    draw(svg, "all", root, 0, WIDTH, height - ROW);
    return svg.append("</svg>\n").toString();
  }

  private void draw(StringBuilder svg, String name, Node node, double x, double width, int y) {
    String share = "%.1f %%".formatted(100.0 * node.samples / Math.max(1, root.samples));
    int room = (int) ((width - 4) / CHARACTER);
    String label = room < 3 ? "" : name.length() <= room ? name : name.substring(0, room - 1) + "…";
    svg.append(
        """
        <g><title>%s, %s</title><rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>\
        <text x="%.1f" y="%d">%s</text></g>
        """
            .formatted(
                escaped(name),
                share,
                x,
                y,
                Math.max(0.5, width - 0.5),
                ROW - 1,
                color(name),
                x + 2,
                y + ROW - 4,
                escaped(label)));
    double left = x;
    for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
      double part = width * callee.getValue().samples / node.samples;
      if (part >= NARROWEST) {
        draw(svg, callee.getKey(), callee.getValue(), left, part, y - ROW);
      }
      left += part;
    }
  }

  /** A warm color, the same for the same method. */
  private static String color(String name) {
    int hash = name.hashCode();
    return "rgb(%d,%d,%d)"
        .formatted(220 + (hash & 31), 110 + (hash >> 5 & 127), 40 + (hash >> 12 & 63));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
