package org.azekura.rest.protection;

import java.util.List;
import java.util.Objects;
import org.azekura.api.HookName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.catalog.KeptSaveSet;

/** What is laid down of a save set, as a change of it says it. @param rules as a snapshot shows them */
record SaveSetTerms(String client, String via, List<String> paths, List<Rule> rules, boolean oneFileSystem, String pre, String post, String dump) {

    static SaveSetTerms of(KeptSaveSet set) {
        SaveSet what = set.saveSet();
        return new SaveSetTerms(set.client().value(), set.via() == null ? null : set.via().value(), what.roots().stream().map(RawPath::toPercent).toList(), what.rules(),
                what.oneFileSystem(), text(set.hooks().pre()), text(set.hooks().post()), text(set.hooks().dump()));
    }

    private static String text(HookName hook) {
        return hook == null ? null : hook.value();
    }

    /**
     * Whether something may be saved no more that was. Of rules only that all of them go is known to leave nothing out; another host sees other files, and a hook
     * that is another one or none says what is saved, or when it is whole.
     */
    boolean savesLessThan(SaveSetTerms was) {
        boolean hooks = changed(was.pre, pre) || changed(was.post, post) || !Objects.equals(was.dump, dump);
        return !paths.containsAll(was.paths) || !rules.equals(was.rules) && !rules.isEmpty() || oneFileSystem && !was.oneFileSystem || !Objects.equals(via, was.via) || hooks;
    }

    private static boolean changed(String was, String is) {
        return was != null && !was.equals(is);
    }
}
