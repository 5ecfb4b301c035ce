/* One file on its way to the server, bit by bit (tus 1.0, spoken by tus-js-client). Not an island. */
import { Upload, type PreviousUpload } from "tus-js-client";
import { csrfToken } from "../../ui/islands/_send";

const PART = 1 << 20;
const RETRIES = [500, 1000, 2000, 4000, 8000, 16000, 30000, 60000];

export interface Watcher {
  moved(sent: number, of: number): void;
  /** The line is gone; it goes on by itself. */
  waiting(): void;
  /** Not any more by itself; `sentence` is the server's, where it refused. */
  stopped(sentence: string): void;
  /** All of it is here, under this word. */
  here(word: string): void;
}

export class Sending {
  private readonly upload: Upload;

  constructor(file: File, endpoint: string, watcher: Watcher) {
    this.upload = new Upload(file, {
      endpoint,
      chunkSize: PART,
      retryDelays: RETRIES,
      removeFingerprintOnSuccess: true,
      fingerprint: () => mine(file, endpoint),
      metadata: { filename: file.name },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", csrfToken()),
      onProgress: (sent, of) => watcher.moved(sent, of ?? file.size),
      onShouldRetry: (error) => {
        const again = mayPass(statusOf(error));
        if (again) watcher.waiting();
        return again;
      },
      onError: (error) => watcher.stopped(statusOf(error) === 422 ? bodyOf(error) : ""),
      onSuccess: () => watcher.here(this.upload.url?.split("/").filter(Boolean).pop() ?? ""),
    });
  }

  /** From where it was cut, also on a page that is gone. */
  async begin(): Promise<void> {
    const [before] = newest(await this.upload.findPreviousUploads());
    if (before) this.upload.resumeFromPreviousUpload(before);
    this.upload.start();
  }

  goOn(): void {
    void this.upload.abort().then(() => this.upload.start());
  }

  async pause(): Promise<void> {
    await this.upload.abort();
  }

  /** Not wanted after all: what has arrived goes too. */
  async drop(): Promise<void> {
    await this.upload.abort(true).catch(() => undefined);
  }
}

/** A refusal in words is final; a lost connection and a server that is away are not. */
const mayPass = (status: number): boolean => status < 400 || status >= 500 || [409, 423, 429].includes(status);

/** The same file for the same account: another person on this device does not take it up. */
function mine(file: File, endpoint: string): Promise<string> {
  const account = document.documentElement.dataset.account ?? "";
  return Promise.resolve(["upload", account, endpoint, file.name, file.type, file.size, file.lastModified].join("-"));
}

const newest = (found: PreviousUpload[]): PreviousUpload[] => [...found].sort((one, other) => Date.parse(other.creationTime) - Date.parse(one.creationTime));

interface Answered {
  originalResponse?: { getStatus(): number; getBody(): string } | null;
}

const statusOf = (error: unknown): number => (error as Answered).originalResponse?.getStatus() ?? 0;
const bodyOf = (error: unknown): string => (error as Answered).originalResponse?.getBody() ?? "";

export const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
