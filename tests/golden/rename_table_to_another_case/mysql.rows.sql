INSERT INTO `Users` VALUES (1, 'Ann');
