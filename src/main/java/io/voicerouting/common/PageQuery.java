package io.voicerouting.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * The page of a list to read. A controller that declares a parameter of this type gets the
 * validated {@code ?page=0&size=50&sort=name,-updated_at}.
 *
 * @param page number of the page, from 0
 * @param size items on the page, 1 to 200
 * @param sort members to sort by, those in reverse order with a minus sign; possibly none
 */
public record PageQuery(int page, int size, List<String> sort) {

  /** Default number of items on a page. */
  public static final int DEFAULT_SIZE = 50;

  /** Maximum number of items on a page. */
  public static final int MAX_SIZE = 200;

  private static final String REVERSE = "-";
  private static final String ID = "id";
  private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

  public PageQuery {
    sort = List.copyOf(sort);
  }

  /** The page of a list that cannot be sorted. */
  public PageQuery(int page, int size) {
    this(page, size, List.of());
  }

  /**
   * Converts to the page of a Spring Data query. Items that are otherwise equal are sorted by id,
   * so that no item moves to another page unless it was changed.
   *
   * @param members members of the items that may be sorted by, apart from id; the entity's
   *     properties have the same names in camel case
   * @throws InvalidFieldsException if the items are to be sorted by another member
   */
  public Pageable toPageable(Set<String> members) {
    List<Sort.Order> orders = new ArrayList<>();
    for (String key : sort) {
      boolean reverse = key.startsWith(REVERSE);
      String member = reverse ? key.substring(1) : key;
      if (!member.equals(ID) && !members.contains(member)) {
        throw new InvalidFieldsException("sort", key, expectation(members));
      }
      String property =
          NEXT_WORD.matcher(member).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
      orders.add(reverse ? Sort.Order.desc(property) : Sort.Order.asc(property));
    }
    if (orders.stream().noneMatch(order -> order.getProperty().equals(ID))) {
      orders.add(Sort.Order.asc(ID));
    }
    return PageRequest.of(page, size, Sort.by(orders));
  }

  private static String expectation(Set<String> members) {
    Set<String> names = new TreeSet<>(members);
    names.add(ID);
    return "one of " + String.join(", ", names) + "; with - before it in reverse order";
  }
}
