INSERT INTO `group` VALUES (1, 'first', 'q');
