INSERT INTO the_very_long_name_of_amodel_that_nobody_would_9dc8393d_twices VALUES (1, 'x');
