package parley;
