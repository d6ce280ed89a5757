package parley.bench;

/**
 * How many rooms and clients a load uses.
 *
 * @param posters clients per room that post; the others only read
 * @param people  users per room; if there are fewer than clients, a user has several connections
 */
record RoomLayout(String name, String id, int rooms, int size, int posters, int people) {

    static final RoomLayout ROOM_OF_10 = new RoomLayout("One room of 10", "room10", 1, 10, 10, 10);
    static final RoomLayout ROOM_OF_500 = new RoomLayout("One room of 500", "room500", 1, 500, 50, 500);
    static final RoomLayout ROOMS_OF_10 = new RoomLayout("50 rooms of 10", "rooms10", 50, 10, 10, 10);
    static final RoomLayout ROOM_OF_5000 = new RoomLayout("One room of 5,000", "room5000", 1, 5_000, 50, 500);
    static final RoomLayout FEW = new RoomLayout("A few connections", "few", 10, 10, 1, 10);
    static final RoomLayout IDLE = new RoomLayout("10,000 idle connections", "idle", 100, 100, 1, 100);

    /** The same layout with other room ids, for a server that already has these rooms. */
    RoomLayout withSuffix(String suffix) {
        return new RoomLayout(name, id + "-" + suffix, rooms, size, posters, people);
    }

    String room(int number) {
        return id + "-" + number;
    }

    int clients() {
        return rooms * size;
    }
}
