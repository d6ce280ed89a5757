package parley.bench;

/**
 * Who sits where.
 *
 * @param posters guests of each room who post; the others listen
 * @param people  users among the guests of a room; where there are fewer than guests, each comes with several connections
 */
record Shape(String name, String id, int rooms, int size, int posters, int people) {

    static final Shape ROOM_OF_10 = new Shape("One room of 10", "room10", 1, 10, 10, 10);
    static final Shape ROOM_OF_500 = new Shape("One room of 500", "room500", 1, 500, 50, 500);
    static final Shape ROOMS_OF_10 = new Shape("50 rooms of 10", "rooms10", 50, 10, 10, 10);
    static final Shape ROOM_OF_5000 = new Shape("One room of 5,000", "room5000", 1, 5_000, 50, 500);
    static final Shape FEW = new Shape("A few connections", "few", 10, 10, 1, 10);
    static final Shape IDLE = new Shape("10,000 idle connections", "idle", 100, 100, 1, 100);

    /** The same in rooms of its own, for a server that has these already. */
    Shape anew(String suffix) {
        return new Shape(name, id + "-" + suffix, rooms, size, posters, people);
    }

    String room(int number) {
        return id + "-" + number;
    }

    int guests() {
        return rooms * size;
    }
}
