namespace ContactCenterCrm.UI.Platform;

public enum NoticeKind { Info, Good, Warning, Problem }
