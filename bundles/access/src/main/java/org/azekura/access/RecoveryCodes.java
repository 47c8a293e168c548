package org.azekura.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.UserName;

/** Ten codes that open once each. @param codes for people @param hashes what is kept of them */
record RecoveryCodes(List<String> codes, Set<String> hashes) {

    private static final int HOW_MANY = 10;
    private static final int LETTERS = 11;

    static RecoveryCodes make(Secrets secrets, HomeKey key, UserName user) {
        List<String> codes = Stream.generate(() -> secrets.password().substring(0, LETTERS)).limit(HOW_MANY).toList();
        return new RecoveryCodes(codes, codes.stream().map(each -> key.hash(each, user.value())).collect(Collectors.toSet()));
    }
}
