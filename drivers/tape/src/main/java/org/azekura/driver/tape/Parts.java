package org.azekura.driver.tape;

/** What a drive can do, part by part; each speaks to the same device. One thread at a time. */
record Parts(Modes modes, Keys keys, Compression compression, Warnings warnings, Protection protection, Recommended recommended, EndsOfWraps endsOfWraps,
        Alerts alerts, Errors errors, History history, Memory memory, Labels labels, Places places, Spacing spacing, TapeReading reading, TapeWriting writing,
        Abilities abilities) {

    /** @param mostBlock bytes of the longest block that is wanted */
    static Parts of(SpcDevice device, int mostBlock) {
        Modes modes = new Modes(device);
        Keys keys = new Keys(device);
        Protection protection = new Protection(device, modes);
        Recommended recommended = new Recommended(device);
        Logs logs = new Logs(device);
        Memory memory = new Memory(device);
        Winding winding = new Winding(device);
        Places places = new Places(device, winding);
        return new Parts(modes, keys, new Compression(device, modes), new Warnings(device, modes), protection, recommended, new EndsOfWraps(device),
                new Alerts(device, logs), new Errors(logs), new History(logs), memory, new Labels(device, modes, memory), places, new Spacing(device, places, winding),
                new TapeReading(device, places, protection), new TapeWriting(device, places, winding, protection),
                new Abilities(device, modes, logs, keys, recommended, places, protection, memory, mostBlock));
    }
}
