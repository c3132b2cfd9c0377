package io.voicerouting.platform;

/**
 * The instructions for a platform, by kind of action: templates with places for values in braces.
 * Each may have {@code {organization_id}} and {@code {domain}}, the SIP domain of the organization
 * or else of the call. An empty template means that the platform cannot do this.
 */
interface ActionSettings {

  /** Values: {@code extension}, {@code timeout} in seconds. */
  String dialExtension();

  /** Values: {@code number}, E.164. */
  String dialNumber();

  /** Values: {@code uri}. */
  String dialSip();

  /** Values: {@code id}. */
  String joinConference();

  /** Values: {@code id}. */
  String ringGroup();

  /** Values: {@code id}. */
  String ivrMenu();

  /** Values: {@code number}, E.164, and {@code provider}. */
  String aiAssistant();

  /** Values: {@code mailbox}. */
  String voicemail();
}
