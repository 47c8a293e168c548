package org.azekura.rest.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LocalTokenTest {

    @Test
    void grantsOnlyTheTokenItself() {
        LocalToken access = new LocalToken("secret");
        assertTrue(access.grants("Bearer secret") && access.grants("bearer  secret "));
        for (String header : new String[] {null, "", "Bearer", "Bearer ", "Bearer secre", "Bearer secrets", "Basic secret"}) {
            assertEquals(false, access.grants(header), header);
        }
    }
}
