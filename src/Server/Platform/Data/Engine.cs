namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>The database engines that the product runs on.</summary>
internal enum Engine { Sqlite, Postgres, SqlServer }
