package org.azekura.engine.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.azekura.api.RawPath;
import org.junit.jupiter.api.Test;

class PathChoiceTest {

    private static PathChoice choice(String... paths) {
        return new PathChoice(Arrays.stream(paths).map(RawPath::of).toList());
    }

    private static RawPath path(String text) {
        return RawPath.of(text);
    }

    @Test
    void withoutNamesTakesEverything() {
        assertTrue(new PathChoice(List.of()).takes(path("/a/b")));
    }

    @Test
    void takesWhatIsNamedAndWhatIsBelow() {
        PathChoice choice = choice("/srv/www");
        assertTrue(choice.takes(path("/srv/www")));
        assertTrue(choice.takes(path("/srv/www/index.html")));
    }

    @Test
    void doesNotTakeANameThatOnlyBeginsAlike() {
        assertFalse(choice("/srv/www").takes(path("/srv/www2")));
        assertFalse(choice("/srv/www").takes(path("/srv")));
    }

    @Test
    void ignoresASlashAtTheEnd() {
        assertTrue(choice("/srv/www/").takes(path("/srv/www/a")));
    }

    @Test
    void leadsOnlyToWhatIsBelow() {
        PathChoice choice = choice("/srv/www/a");
        assertTrue(choice.leadsTo(path("/srv")));
        assertTrue(choice.leadsTo(path("/srv/www")));
        assertFalse(choice.leadsTo(path("/srv/ww")));
        assertFalse(choice.leadsTo(path("/usr")));
    }

    @Test
    void theRootNamesEverything() {
        assertTrue(choice("/").takes(path("/anything/below")));
    }
}
