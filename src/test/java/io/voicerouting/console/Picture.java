package io.voicerouting.console;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A screenshot with a palette of its 256 most frequent colours, a third as long. */
final class Picture {

  private static final int COLOURS = 256;

  private Picture() {}

  /**
   * Saves a screenshot.
   *
   * @param png as the browser took it
   */
  static void save(byte[] png, Path file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
    List<Integer> palette =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(COLOURS)
            .map(Map.Entry::getKey)
            .toList();
    Map<Integer, Integer> nearest = new HashMap<>();
    BufferedImage reduced =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model(palette));
    for (int i = 0; i < pixels.length; i++) {
      int colour = nearest.computeIfAbsent(pixels[i], pixel -> nearestOf(palette, pixel));
      reduced.getRaster().setSample(i % width, i / width, 0, colour);
    }
    ImageIO.write(reduced, "png", file.toFile());
  }

  private static IndexColorModel model(List<Integer> palette) {
    int[] colours = palette.stream().mapToInt(Integer::intValue).toArray();
    return new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
  }

  private static int nearestOf(List<Integer> palette, int pixel) {
    int best = 0;
    int smallest = Integer.MAX_VALUE;
    for (int i = 0; i < palette.size(); i++) {
      int distance = 0;
      for (int shift = 0; shift < 24; shift += 8) {
        int difference = (palette.get(i) >> shift & 0xff) - (pixel >> shift & 0xff);
        distance += difference * difference;
      }
      if (distance < smallest) {
        smallest = distance;
        best = i;
      }
    }
    return best;
  }
}
