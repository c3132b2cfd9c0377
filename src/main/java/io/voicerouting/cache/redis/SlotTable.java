package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reply of one server to {@code CLUSTER SLOTS}: the primaries and their slots. */
record SlotTable(List<Entry> entries) {

  private static final int PRIMARY = 2; // index in the description of a range; replicas follow

  /**
   * A range of slots and its primary.
   *
   * @param id of the primary in its cluster
   * @param address {@code host:port}; the host is empty if it is that of the queried server
   */
  record Entry(Slots.Range range, String id, String address) {}

  /**
   * Reads a reply.
   *
   * @param reply a list of {@code [first, last, [host, port, id, ...], replicas...]}
   * @throws IllegalArgumentException if it has another form
   */
  static SlotTable parse(List<Object> reply) {
    try {
      List<Entry> entries = new ArrayList<>();
      for (Object described : reply) {
        List<?> fields = (List<?>) described;
        List<?> primary = (List<?>) fields.get(PRIMARY);
        entries.add(
            new Entry(
                new Slots.Range(number(fields.get(0)), number(fields.get(1))),
                text(primary.get(2)),
                text(primary.get(0)) + ":" + number(primary.get(1))));
      }
      return new SlotTable(entries);
    } catch (ClassCastException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("CLUSTER SLOTS has an unknown form: " + reply, e);
    }
  }

  private static int number(Object value) {
    return Math.toIntExact((Long) value);
  }

  private static String text(Object value) {
    return switch (value) {
      case null -> ""; // the host of the queried server
      case byte[] bytes -> new String(bytes, UTF_8);
      default -> (String) value;
    };
  }

  /** Returns the slots of one primary. */
  Slots slotsOf(String id) {
    return Slots.of(
        entries.stream().filter(entry -> entry.id().equals(id)).map(Entry::range).toList());
  }

  /** Returns the primaries by id, with the addresses in the reply. */
  Map<String, String> addresses() {
    Map<String, String> addresses = new HashMap<>();
    entries.forEach(entry -> addresses.put(entry.id(), entry.address()));
    return addresses;
  }
}
