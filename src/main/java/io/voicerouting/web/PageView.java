package io.voicerouting.web;

import java.util.List;
import org.springframework.data.domain.Page;

/**
 * A page of a list, as it is answered.
 *
 * @param items what is on the page, possibly nothing
 * @param page from 0
 * @param size most items that a page can have
 * @param total how many items there are on all pages
 */
public record PageView<T>(List<T> items, int page, int size, long total) {

  /** Copies the list. */
  public PageView {
    items = List.copyOf(items);
  }

  /** Shows a page that a repository gave. */
  public static <T> PageView<T> of(Page<T> page) {
    return new PageView<>(
        page.getContent(), page.getNumber(), page.getSize(), page.getTotalElements());
  }
}
