package io.voicerouting.bench;

import io.voicerouting.bench.HttpResults.Figure;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Bars: a row of panels for each endpoint, a panel for each figure. */
final class HttpChart {

  private static final List<Figure> FIGURES =
      List.of(Figure.REQUESTS, Figure.P50, Figure.P99, Figure.P999);
  private static final int LABELS = 200;
  private static final int PANEL = 250;
  private static final int BAR = 22;
  private static final int TITLE = 34;
  private static final int VALUE = 70;
  private static final Color OURS = new Color(0x1f6feb);
  private static final Color THEIRS = new Color(0x9aa4b2);

  private final HttpResults results;

  HttpChart(HttpResults results) {
    this.results = results;
  }

  void write(Path file) throws IOException {
    int height = 10;
    for (Endpoint endpoint : Endpoint.values()) {
      height += TITLE + BAR * results.contestants(endpoint).size() + 10;
    }
    int width = LABELS + PANEL * FIGURES.size() + 10;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    int top = 10;
    for (Endpoint endpoint : Endpoint.values()) {
      top = draw(graphics, endpoint, top);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private int draw(Graphics2D graphics, Endpoint endpoint, int top) {
    List<Contestant> contestants = results.contestants(endpoint);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    graphics.drawString(endpoint.title(), 10, top + 20);
    for (int column = 0; column < FIGURES.size(); column++) {
      drawPanel(graphics, endpoint, FIGURES.get(column), LABELS + column * PANEL, top);
    }
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int row = 0; row < contestants.size(); row++) {
      graphics.drawString(contestants.get(row).title(), 10, top + TITLE + row * BAR + 14);
    }
    return top + TITLE + contestants.size() * BAR + 10;
  }

  private void drawPanel(Graphics2D graphics, Endpoint endpoint, Figure figure, int left, int top) {
    List<Contestant> contestants = results.contestants(endpoint);
    double most =
        contestants.stream().mapToDouble(one -> value(one, endpoint, figure)).max().orElse(1);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
    graphics.drawString(figure.title(), left, top + 20);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int row = 0; row < contestants.size(); row++) {
      double value = value(contestants.get(row), endpoint, figure);
      int length = Math.max(1, (int) Math.round((PANEL - VALUE) * value / most));
      int y = top + TITLE + row * BAR;
      graphics.setColor(contestants.get(row).isBaseline() ? THEIRS : OURS);
      graphics.fillRect(left, y, length, BAR - 6);
      graphics.setColor(Color.BLACK);
      graphics.drawString(figure.format(value), left + length + 5, y + 13);
    }
  }

  private double value(Contestant contestant, Endpoint endpoint, Figure figure) {
    Double value = results.median(contestant, endpoint, figure);
    return value == null ? 0 : value;
  }
}
