import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** Reads QR codes in pictures, by our own copy of the reader: nothing is asked from outside. */
export type QrReader = { read: (picture: HTMLVideoElement) => Promise<string | null> }

type Box = { x: number; y: number; width: number; height: number }

/** How far a code is from the middle of the picture. */
const offCentre = (box: Box, { videoWidth, videoHeight }: HTMLVideoElement): number =>
  Math.hypot(box.x + box.width / 2 - videoWidth / 2, box.y + box.height / 2 - videoHeight / 2)

/** The reader is fetched once, when the camera is first opened. */
export const openQrReader = async (): Promise<QrReader> => {
  await prepareZXingModule({
    overrides: { locateFile: (file: string, prefix: string) => (file.endsWith('.wasm') ? wasm : prefix + file) },
    fireImmediately: true,
  })
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  return {
    // a sheet of a carnet shows several pass: the one aimed at is in the middle
    read: async (picture) => {
      const found = await detector.detect(picture)
      const aimed = found.toSorted((a, b) => offCentre(a.boundingBox, picture) - offCentre(b.boundingBox, picture))[0]
      return aimed?.rawValue ?? null
    },
  }
}
