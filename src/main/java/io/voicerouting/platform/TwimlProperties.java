package io.voicerouting.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Templates for TwiML: one element for each action, in {@code <Dial>} if it can be dialled. As in
 * XML, an ampersand is written as an entity.
 *
 * @param dialExtension what to dial; values: extension, timeout
 * @param dialNumber what to dial; values: number
 * @param dialSip what to dial; values: uri
 * @param joinConference what to dial; values: id
 * @param ringGroup what to do; values: id
 * @param ivrMenu what to do; values: id
 * @param aiAssistant what to dial; values: number, provider
 * @param voicemail what to do; values: mailbox
 */
@ConfigurationProperties(
    prefix = TwimlProperties.PREFIX,
    ignoreUnknownFields = false) // a misspelled name would have no effect
record TwimlProperties(
    @DefaultValue("<Sip>sip:{extension}@{domain}</Sip>") String dialExtension,
    @DefaultValue("<Number>{number}</Number>") String dialNumber,
    @DefaultValue("<Sip>{uri}</Sip>") String dialSip,
    @DefaultValue("<Conference>{id}</Conference>") String joinConference,
    @DefaultValue("<Redirect method=\"POST\">/twiml/ring-groups/{id}</Redirect>") String ringGroup,
    @DefaultValue("<Redirect method=\"POST\">/twiml/ivr-menus/{id}</Redirect>") String ivrMenu,
    @DefaultValue("<Number>{number}</Number>") String aiAssistant,
    @DefaultValue("<Redirect method=\"POST\">/twiml/mailboxes/{mailbox}</Redirect>")
        String voicemail)
    implements ActionSettings {

  static final String PREFIX = "routing.platforms.twiml";

  /** Requires one element each. */
  TwimlProperties {
    TwimlElement.check(PREFIX + ".dial-extension", dialExtension);
    TwimlElement.check(PREFIX + ".dial-number", dialNumber);
    TwimlElement.check(PREFIX + ".dial-sip", dialSip);
    TwimlElement.check(PREFIX + ".join-conference", joinConference);
    TwimlElement.check(PREFIX + ".ring-group", ringGroup);
    TwimlElement.check(PREFIX + ".ivr-menu", ivrMenu);
    TwimlElement.check(PREFIX + ".ai-assistant", aiAssistant);
    TwimlElement.check(PREFIX + ".voicemail", voicemail);
  }
}
