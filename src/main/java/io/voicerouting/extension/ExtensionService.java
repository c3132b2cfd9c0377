package io.voicerouting.extension;

import io.voicerouting.audit.AuditLog;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.InvalidFieldsException;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.common.UniqueConstraint;
import io.voicerouting.organization.OrganizationDirectory;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes extensions, in one transaction per call. */
@Service
@Transactional
class ExtensionService {

  private static final Set<String> SORTABLE =
      Set.of("extension_number", "type", "status", "display_name", "created_at", "updated_at");

  private static final UniqueConstraint NUMBER_UNIQUE =
      new UniqueConstraint("extensions_number_unique", "duplicate-extension-number");

  private final ExtensionRepository extensions;
  private final OrganizationDirectory organizations;
  private final AuditLog audit;

  ExtensionService(
      ExtensionRepository extensions, OrganizationDirectory organizations, AuditLog audit) {
    this.extensions = extensions;
    this.organizations = organizations;
    this.audit = audit;
  }

  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  PageView<ExtensionView> list(
      long organizationId,
      PageQuery page,
      @Nullable ExtensionStatus status,
      @Nullable ExtensionType type,
      @Nullable SearchText text) {
    organizations.requireExisting(organizationId);
    return PageView.of(
        extensions
            .search(
                organizationId,
                status,
                type,
                SearchText.likePattern(text),
                page.toPageable(SORTABLE))
            .map(Extension::toView));
  }

  @Transactional(readOnly = true)
  ExtensionView get(long organizationId, long id) {
    return extensions
        .findByIdAndOrganizationId(id, organizationId)
        .map(Extension::toView)
        .orElseThrow(() -> notFound(organizationId, id));
  }

  ExtensionView create(long organizationId, ExtensionBody body) {
    organizations.requireExisting(organizationId);
    Extension extension = new Extension();
    extension.setOrganizationId(organizationId);
    return audit.recordCreate(
        ExtensionResource.NAME, created -> organizationId, () -> save(extension, body));
  }

  /** Replaces an extension with what {@code change} makes of the stored document. */
  ExtensionView replace(
      long organizationId,
      long id,
      Function<? super ExtensionView, ExtensionBody> change,
      Precondition precondition) {
    Extension extension = lock(organizationId, id, precondition);
    ExtensionView before = extension.toView();
    ExtensionBody body = change.apply(before);
    return audit.recordUpdate(
        ExtensionResource.NAME, organizationId, before, () -> save(extension, body));
  }

  void delete(long organizationId, long id, Precondition precondition) {
    Extension extension = lock(organizationId, id, precondition);
    audit.recordDelete(
        ExtensionResource.NAME,
        organizationId,
        extension.toView(),
        () -> extensions.delete(extension));
  }

  private ExtensionView save(Extension extension, ExtensionBody body) {
    refuseNationalNumbers(extension, body);
    body.applyTo(extension);
    return NUMBER_UNIQUE.check(
        () -> extensions.saveAndFlush(extension).toView(),
        () -> "The organization already has an extension " + body.extensionNumber() + ".");
  }

  private void refuseNationalNumbers(Extension stored, ExtensionBody body) {
    List<FieldError> errors =
        NationalNumbers.check(
            stored.getConfiguration(),
            body.configuration(),
            () ->
                Math.max(
                    body.extensionNumber().length(),
                    extensions.findLongestNumber(stored.getOrganizationId())));
    if (!errors.isEmpty()) {
      throw new InvalidFieldsException(errors);
    }
  }

  /**
   * Locks until the commit, so that the document cannot change after the precondition was checked.
   */
  private Extension lock(long organizationId, long id, Precondition precondition) {
    Extension extension =
        extensions.lock(id, organizationId).orElseThrow(() -> notFound(organizationId, id));
    precondition.check(extension.toView());
    return extension;
  }

  private static NotFoundException notFound(long organizationId, long id) {
    return new NotFoundException(
        "extension-not-found",
        "Organization " + organizationId + " has no extension with id " + id + ".");
  }
}
