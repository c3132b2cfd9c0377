package io.voicerouting.common;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * Which page of a list is wanted. Controllers declare a parameter of this type to get {@code
 * ?page=0&size=50}, checked.
 *
 * @param page from 0
 * @param size items a page, 1 to 200
 */
public record PageQuery(int page, int size) {

  /** Items a page unless the request says otherwise. */
  public static final int DEFAULT_SIZE = 50;

  /** Most items that a page can have. */
  public static final int MAX_SIZE = 200;

  /** The page for a Spring Data query. */
  public Pageable toPageable(Sort sort) {
    return PageRequest.of(page, size, sort);
  }
}
