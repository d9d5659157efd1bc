-- main
-- whether another voice still names a picture, before it is taken out of the file store
create index voice_photo_picture on voice_photo (picture);
create index voice_photo_preview on voice_photo (preview);
