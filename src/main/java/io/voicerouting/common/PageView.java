package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;
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
@Schema(description = "A page of a list")
public record PageView<T>(
    @Schema(description = "What is on the page, possibly nothing") List<T> items,
    @Schema(description = "Which page, from 0", example = "0") int page,
    @Schema(description = "Most items on a page", example = "50") int size,
    @Schema(description = "Items on all pages", example = "1") long total) {

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
