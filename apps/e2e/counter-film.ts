import { qrPicture } from '../api/test/qr-picture.ts'

const SIZE = { width: 480, height: 360 }
const FPS = 10
/** Shown as long as somebody holds a carnet before a phone, then a page turned. */
const SHOWN = 7
const TURNED = 3

const frameOf = (grey: Buffer): Buffer => Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((SIZE.width * SIZE.height) / 2, 128)])

/** What a fake camera shows (YUV4MPEG2): each QR for seven tenths of a second, then nothing. The browser plays it over and over. */
export const filmOf = (texts: readonly string[]): Buffer => {
  const blank = frameOf(Buffer.alloc(SIZE.width * SIZE.height, 200))
  const frames = texts.flatMap((text) => {
    const shown = frameOf(qrPicture(text, SIZE))
    return [...Array.from({ length: SHOWN }, () => shown), ...Array.from({ length: TURNED }, () => blank)]
  })
  const header = `YUV4MPEG2 W${SIZE.width} H${SIZE.height} F${FPS}:1 Ip A1:1 C420jpeg\n`
  return Buffer.concat([Buffer.from(header), ...frames])
}

/** How a browser is started so that this film is its camera. */
export const cameraOf = (film: string): string[] => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
  '--use-fake-ui-for-media-stream',
]
