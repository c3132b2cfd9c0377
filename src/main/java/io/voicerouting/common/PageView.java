package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.data.domain.Page;

/** A page of a list in an answer. */
@Schema(description = "A page of a list")
public record PageView<T>(
    @Schema(description = "Items on the page, possibly none") List<T> items,
    @Schema(description = "Number of the page, from 0", example = "0") int page,
    @Schema(description = "Maximum number of items on the page", example = "50") int size,
    @Schema(description = "Number of items on all pages", example = "1") long total) {

  public PageView {
    items = List.copyOf(items);
  }

  /** Converts the page that a repository returned. */
  public static <T> PageView<T> of(Page<T> page) {
    return new PageView<>(
        page.getContent(), page.getNumber(), page.getSize(), page.getTotalElements());
  }
}
