package io.voicerouting.common;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * The page of a list to read. A controller that declares a parameter of this type gets the
 * validated {@code ?page=0&size=50}.
 *
 * @param page number of the page, from 0
 * @param size items on the page, 1 to 200
 */
public record PageQuery(int page, int size) {

  /** Default number of items on a page. */
  public static final int DEFAULT_SIZE = 50;

  /** Maximum number of items on a page. */
  public static final int MAX_SIZE = 200;

  /** Converts to the page of a Spring Data query. */
  public Pageable toPageable(Sort sort) {
    return PageRequest.of(page, size, sort);
  }
}
