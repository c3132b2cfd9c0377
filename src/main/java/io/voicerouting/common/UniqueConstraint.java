package io.voicerouting.common;

import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * A unique constraint of the database whose violation is a conflict for the caller.
 *
 * @param name name of the constraint or unique index
 * @param problem type of the problem that the caller gets
 */
public record UniqueConstraint(String name, String problem) {

  /**
   * Runs a write.
   *
   * @param detail one sentence for the caller; called only after a violation
   * @throws ConflictException if the write violates this constraint; any other exception is
   *     rethrown as it is
   */
  public <T extends @Nullable Object> T check(Supplier<T> write, Supplier<String> detail) {
    try {
      return write.get();
    } catch (RuntimeException e) {
      if (isViolatedBy(e)) {
        throw new ConflictException(problem, detail.get());
      }
      throw e;
    }
  }

  private boolean isViolatedBy(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConstraintViolationException violation) {
        return name.equals(violation.getConstraintName());
      }
    }
    return false;
  }
}
