CREATE TABLE [Categories] ([CategoryID] INTEGER PRIMARY KEY AUTOINCREMENT, [CategoryName] TEXT, [Description] TEXT, [Picture] BLOB);
CREATE TABLE [Suppliers] ([SupplierID] INTEGER PRIMARY KEY AUTOINCREMENT, [CompanyName] TEXT NOT NULL);
CREATE TABLE [Products] (
   [ProductID] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
   [ProductName] TEXT NOT NULL,
   [SupplierID] INTEGER, [CategoryID] INTEGER,
   [UnitPrice] NUMERIC DEFAULT 0 CHECK ([UnitPrice] >= (0)),
   [Discontinued] TEXT NOT NULL DEFAULT '0',
   FOREIGN KEY ([CategoryID]) REFERENCES [Categories] ([CategoryID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
   FOREIGN KEY ([SupplierID]) REFERENCES [Suppliers] ([SupplierID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Order Details] (
   [OrderID] INTEGER NOT NULL, [ProductID] INTEGER NOT NULL, [Quantity] INTEGER NOT NULL DEFAULT 1,
   PRIMARY KEY ("OrderID", "ProductID"), CHECK ([Quantity] > (0)),
   FOREIGN KEY ([ProductID]) REFERENCES [Products] ([ProductID])
);
